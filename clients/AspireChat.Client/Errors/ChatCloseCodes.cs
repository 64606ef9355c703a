namespace AspireChat.Client;

/// <summary>The codes with which servers close a connection. After any other the client reconnects and resumes.</summary>
public static class ChatCloseCodes
{
    /// <summary>The instance is drained. The client reconnects and resumes.</summary>
    public const int GoingAway = 1001;

    /// <summary>A binary frame. Final.</summary>
    public const int BinaryFrame = 1003;

    /// <summary>A frame over the server's limit. Final.</summary>
    public const int FrameTooBig = 1009;

    /// <summary>This client did not read fast enough. It reconnects and resumes.</summary>
    public const int SlowConsumer = 4000;

    /// <summary>The server's pings went unanswered. The client reconnects and resumes.</summary>
    public const int PingTimeout = 4001;

    /// <summary>The servers spread their connections anew. The client reconnects and resumes.</summary>
    public const int Rebalancing = 4002;

    /// <summary>Repeated protocol errors. Final.</summary>
    public const int ProtocolError = 4500;

    /// <summary>The token is missing, refused or has expired. Final.</summary>
    public const int Unauthorized = 4501;

    /// <summary>The rate limit was broken repeatedly. The client reconnects after a pause.</summary>
    public const int RateLimited = 4503;
}
