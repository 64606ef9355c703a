namespace AspireChat.ScaleModel;

/// <summary>What holds a connection: <c>Chat__Transport</c>.</summary>
internal enum Transport
{
    Kestrel,
    Direct,
}
