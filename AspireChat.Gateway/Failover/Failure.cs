namespace AspireChat.Gateway.Failover;

/// <summary>Why an instance did not take a request that another one may still take.</summary>
internal enum Failure
{
    /// <summary>It did take it, for better or worse.</summary>
    None,

    /// <summary>No connection could be made: its process or its host is gone.</summary>
    Unreachable,

    /// <summary>It was reached, but the connection broke, or time ran out, before it answered.</summary>
    Unanswered,

    /// <summary>It answered that it is draining and takes nothing more.</summary>
    Draining,
}
