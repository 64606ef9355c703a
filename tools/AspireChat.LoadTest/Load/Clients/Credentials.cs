namespace AspireChat.LoadTest.Load.Clients;

/// <summary>How connections show who they are, and how they trust the server.</summary>
internal sealed record Credentials
{
    public static Credentials None { get; } = new();

    /// <summary>Goes with each upgrade in the header <c>Authorization: Bearer</c>. Default: none.</summary>
    public string? Token { get; init; }

    /// <summary>Exchange the token for a single-use ticket for each connection, as browsers do. Default false.</summary>
    public bool UseTickets { get; init; }

    /// <summary>The name in chat; with authentication on it must be the token's. Default <c>load</c>.</summary>
    public string Name { get; init; } = "load";

    /// <summary>Publish by HTTP with this key, which knows no rate limit, rather than by connections. Default: none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Take any certificate. Default false.</summary>
    public bool Insecure { get; init; }

    /// <summary>A PEM file of certificates that are trusted beside the system's own. Default: none.</summary>
    public string? AuthorityFile { get; init; }
}
