namespace AspireChat.Client;

/// <summary>A place in a room's stream: that of one message, or offset 0 for the place before the first.</summary>
/// <param name="Epoch">The identity of the stream; offsets of different epochs have nothing to do with each other.</param>
/// <param name="Offset">From 1 to 2⁵³−1, contiguous within an epoch.</param>
public readonly record struct StreamPosition(string Epoch, long Offset);
