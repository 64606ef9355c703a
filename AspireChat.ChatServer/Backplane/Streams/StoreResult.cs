namespace AspireChat.ChatServer.Backplane.Streams;

/// <summary>What a script that writes a room's stream found or did.</summary>
internal enum StoreStatus
{
    /// <summary>The stream may go on, in its epoch or in a new one; a publication is stored in it, now or before.</summary>
    Stands,

    /// <summary>The same send came with another text.</summary>
    Conflict,

    /// <summary>The stream belongs to a later switch of the mode; nothing was written.</summary>
    Superseded,
}

/// <param name="Status">What happened.</param>
/// <param name="Head">Where the stream stands, or where the message is; default when nothing was written.</param>
internal readonly record struct StoreResult(StoreStatus Status, StreamHead Head);
