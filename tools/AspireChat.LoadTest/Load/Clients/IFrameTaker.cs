namespace AspireChat.LoadTest.Load.Clients;

/// <summary>Takes what a connection brings.</summary>
internal interface IFrameTaker
{
    /// <param name="text">The payload of a text frame, valid during the call.</param>
    /// <param name="now">When it was read off the socket, by <see cref="System.Diagnostics.Stopwatch"/>.</param>
    void Take(ReadOnlySpan<byte> text, long now);
}
