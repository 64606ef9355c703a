namespace AspireChat.ChatServer.Instances;

/// <summary>Clears what an incarnation left behind in Redis when its lease ended.</summary>
internal interface IIncarnationHeir
{
    /// <summary>
    /// Clears a part of it, in a second or so. Returns whether something may be left. Each step must be safe to repeat, and safe beside another instance
    /// that does the same: whoever began may have died half-way.
    /// </summary>
    ValueTask<bool> ClearSomeAsync(string incarnation, CancellationToken cancellationToken);
}
