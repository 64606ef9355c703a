namespace AspireChat.CostGuard.Peers;

/// <summary>One of the two chats that are compared: how its servers are started, and what its clients say.</summary>
internal interface IPeer
{
    string Name { get; }

    /// <summary>The project of its server.</summary>
    string Project { get; }

    /// <summary>Where WebSockets are opened.</summary>
    string Path { get; }

    /// <summary>The sub-protocol to offer; null for none.</summary>
    string? SubProtocol { get; }

    /// <summary>What only its servers are set up by.</summary>
    IReadOnlyDictionary<string, string> EnvironmentOf(int server);

    /// <summary>What a connection sends first; empty for nothing.</summary>
    ReadOnlySpan<byte> Greeting { get; }

    /// <summary>What must be sent now and then; empty for nothing.</summary>
    ReadOnlySpan<byte> KeepAlive { get; }

    /// <summary>Whether a frame says that the connection may join.</summary>
    bool IsWelcome(ReadOnlySpan<byte> frame);

    byte[] Join(string room);

    /// <summary>Whether a frame says that it has joined.</summary>
    bool IsJoined(ReadOnlySpan<byte> frame);

    /// <param name="room">The room.</param>
    /// <param name="number">Of the message, unlike that of any other.</param>
    /// <param name="text">Its text, in which nothing is to be escaped.</param>
    byte[] Say(string room, long number, ReadOnlySpan<byte> text);
}
