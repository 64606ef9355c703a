namespace AspireChat.LoadTest.Auditing.Recording;

/// <summary>One message as a client saw it on the wire.</summary>
/// <param name="Send">The number of the send that it stems from, read from its id; null when no send of this run has that id.</param>
/// <param name="Digest">Of name and text.</param>
/// <param name="Offset">Null in the modes that have no stream.</param>
/// <param name="Foreign">Name and id where there is no <paramref name="Send"/>.</param>
internal readonly record struct SeenMessage(long? Send, uint Digest, long? Offset = null, string? Foreign = null)
{
    public override string ToString() => Send is { } send ? $"send {send}" : $"'{Foreign}'";
}
