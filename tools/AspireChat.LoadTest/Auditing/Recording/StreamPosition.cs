namespace AspireChat.LoadTest.Auditing.Recording;

/// <summary>A place in a room's stream, as servers give it.</summary>
internal readonly record struct StreamPosition(string Epoch, long Offset)
{
    public override string ToString() => $"{Offset} of epoch '{Epoch}'";
}
