namespace AspireChat.Tests.Conformance;

/// <summary>One exchange on an open WebSocket: what a client writes, and all that the server has to answer.</summary>
/// <param name="Section">Of RFC 6455, or of a document that it builds on.</param>
/// <param name="Name">What is tried, as a sentence; unique.</param>
/// <param name="Writes">What is written, each in a packet of its own.</param>
/// <param name="Answers">
/// The answers in order, as <see cref="Answer"/> writes them. Where the last is no close, the connection must be as good afterwards as it was before.
/// </param>
public sealed record ConformanceCase(string Section, string Name, byte[][] Writes, string[] Answers)
{
    public bool EndsInClose => Answers is [.., var last] && last.StartsWith("close", StringComparison.Ordinal);

    /// <summary>As <see cref="Writes"/>, with every byte in a packet of its own.</summary>
    public ConformanceCase ByteByByte() => this with
    {
        Name = $"{Name}, one byte at a time",
        Writes = [.. Writes.SelectMany(write => write).Select(one => (byte[])[one])],
    };
}
