namespace AspireChat.ScaleModel;

/// <summary>A mode of the backplane that spans instances.</summary>
internal enum Mode
{
    PubSub,
    Stream,
}
