using System.Net.WebSockets;

namespace AspireChat.Client;

/// <summary>The settings of a <see cref="ChatClient"/>. Immutable: one value may serve many clients.</summary>
public sealed record ChatClientOptions
{
    /// <summary>The chat endpoint: <c>ws://host:port/ws</c> or <c>wss://host/ws</c>.</summary>
    public required Uri Address { get; init; }

    /// <summary>The user's name, 1 to 32 characters. With authentication on the servers it must be the token's.</summary>
    public required string Name { get; init; }

    /// <summary>Gives the bearer token, asked anew for each connection and sent in the <c>Authorization</c> header. Default null: no token.</summary>
    public Func<CancellationToken, ValueTask<string?>>? TokenProvider { get; init; }

    /// <summary>
    /// How long <see cref="ChatClient.ConnectAsync"/> tries before it gives up. A connection that is lost later is tried again without an end.
    /// Default 30 s.
    /// </summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one attempt to connect may take, from the token to the server's welcome. Default 10 s.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long to wait for the answer to a frame before it is sent again. Servers answer within 2 s. Default 5 s.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a message is tried, over reconnects and refusals that pass, before <see cref="SendUnconfirmedException"/>. Up to 4 min: the servers
    /// know a message again for 5 min, and a retry past that would be a second message. Default 1 min.
    /// </summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How many messages of one room may await their acknowledgement at once, 1 to 1,000. Default 1: messages keep the order in which they were
    /// sent, even across retries. More is faster, and the order is kept only as long as nothing has to be sent again.
    /// </summary>
    public int SendsInFlight { get; init; } = 1;

    /// <summary>How many more may wait their turn in one room before <see cref="SendQueueFullException"/>. Default 1,024.</summary>
    public int SendQueueCapacity { get; init; } = 1024;

    /// <summary>
    /// How many events of one room are kept for an app that reads slowly, 512 or more. Default 1,024. Beyond it the room stops taking events in; once
    /// the app has read what is there, the room resumes after the last message kept, so that nothing is lost that the server still has. What it has not
    /// is announced by <see cref="RoomResynced"/>.
    /// </summary>
    public int EventCapacity { get; init; } = 1024;

    /// <summary>The largest frame that is taken from a server, in bytes; a larger one ends the connection. Default 16 MiB.</summary>
    public int MaxFrameBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Configures each WebSocket before it connects: proxy, certificates, headers. Default null.</summary>
    public Action<ClientWebSocketOptions>? ConfigureWebSocket { get; init; }

    /// <summary>The clock of all waiting. Default <see cref="TimeProvider.System"/>.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    internal void Validate()
    {
        if (!Address.IsAbsoluteUri || Address.Scheme is not ("ws" or "wss"))
            throw Invalid(nameof(Address), $"The address '{Address}' is not a WebSocket address. Give one that starts with ws:// or wss://, such as ws://localhost:5080/ws.");

        WireRules.CheckName(Name);
        Require(ConnectTimeout > TimeSpan.Zero, nameof(ConnectTimeout), "must be longer than 0");
        Require(HandshakeTimeout > TimeSpan.Zero, nameof(HandshakeTimeout), "must be longer than 0");
        Require(AnswerTimeout > TimeSpan.Zero, nameof(AnswerTimeout), "must be longer than 0");
        Require(SendTimeout > TimeSpan.Zero && SendTimeout <= TimeSpan.FromMinutes(4), nameof(SendTimeout), "must be longer than 0 and at most 4 min");
        Require(SendsInFlight is >= 1 and <= 1000, nameof(SendsInFlight), "must be 1 to 1,000");
        Require(SendQueueCapacity >= 0, nameof(SendQueueCapacity), "must be 0 or more");
        Require(EventCapacity >= 512, nameof(EventCapacity), "must be 512 or more, so that the answer to a resume fits");
        Require(MaxFrameBytes >= 1024 * 1024, nameof(MaxFrameBytes), "must be 1 MiB or more, so that the answer to a resume fits");
    }

    private static void Require(bool holds, string option, string rule)
    {
        if (!holds)
            throw Invalid(option, $"The option '{option}' {rule}.");
    }

    private static ArgumentException Invalid(string option, string message) => new(message, option);
}
