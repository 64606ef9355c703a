namespace AspireChat.ChatServer.Protocol;

/// <summary>The table of close codes: why a server ends a connection, and whether the client should come back.</summary>
internal sealed class CloseReason
{
    /// <summary>The answer to the client's own close.</summary>
    public static readonly CloseReason Normal = new(1000, "", reconnect: false);
    public static readonly CloseReason GoingAway = new(1001, "going away", reconnect: true);

    /// <summary>RFC 6455: bytes that are no WebSocket frames.</summary>
    public static readonly CloseReason BrokenFrame = new(1002, "broken frame", reconnect: false);
    public static readonly CloseReason BinaryFrame = new(1003, "binary frame", reconnect: false);

    /// <summary>RFC 6455: text that is not UTF-8.</summary>
    public static readonly CloseReason InvalidText = new(1007, "text is not UTF-8", reconnect: false);
    public static readonly CloseReason FrameTooBig = new(1009, "frame too big", reconnect: false);
    public static readonly CloseReason SlowConsumer = new(4000, "slow consumer", reconnect: true);
    public static readonly CloseReason PingTimeout = new(4001, "ping timeout", reconnect: true);
    public static readonly CloseReason Silent = new(4001, "no frame since it opened", reconnect: true);
    public static readonly CloseReason Rebalancing = new(4002, "rebalancing", reconnect: true);
    public static readonly CloseReason ProtocolErrors = new(4500, "protocol error (repeated)", reconnect: false);
    public static readonly CloseReason Unauthorized = new(4501, "unauthorized", reconnect: false);
    public static readonly CloseReason RateLimit = new(4503, "rate limit (repeated)", reconnect: true);

    private CloseReason(ushort code, string text, bool reconnect)
    {
        Code = code;
        Text = text;
        Reconnect = reconnect;
    }

    public ushort Code { get; }

    /// <summary>The reason that goes with the code, at most 123 bytes.</summary>
    public string Text { get; }

    /// <summary>Whether the client should connect again, and resume.</summary>
    public bool Reconnect { get; }

    /// <summary>The same with another code: a client's own close is answered with the code that it gave.</summary>
    public CloseReason Echo(ushort code) => code == Code ? this : new CloseReason(code, Text, Reconnect);

    public override string ToString() => $"{Code} {Text}";
}
