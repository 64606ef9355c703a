namespace AspireChat.ChatServer.Security.Identity;

/// <summary>Who is at the other end of a connection, as a token proved. Where authentication is off there is none: null.</summary>
internal sealed class ConnectionIdentity
{
    /// <summary>A program that presented the API key: it may speak for anybody who is not banned.</summary>
    public static ConnectionIdentity Service { get; } = new() { Name = "", ExpiresAt = DateTimeOffset.MaxValue, Claims = new Dictionary<string, string[]>() };

    /// <summary>The only user name that the connection may use.</summary>
    public required string Name { get; init; }

    /// <summary>When the proof ends, and the connection with it.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>What else the token says, by the type of the claim.</summary>
    public required IReadOnlyDictionary<string, string[]> Claims { get; init; }
}
