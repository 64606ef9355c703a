namespace AspireChat.ChatServer.Backplane;

/// <summary>How messages travel between instances; the wire names are <c>local</c>, <c>pubsub</c> and <c>stream</c>.</summary>
internal enum BackplaneMode
{
    /// <summary>The bug: an instance relays only to its own connections. Promises nothing across instances.</summary>
    Local,

    /// <summary>The classic fix: a Redis channel for each room. At most once, no history.</summary>
    PubSub,

    /// <summary>Each message gets a place in its room's stream. Acknowledged means stored; in order, without loss or repeat, within the history window.</summary>
    Stream,
}
