namespace AspireChat.LoadTest.Load.Measuring;

/// <summary>The text of a run's messages: a marker with the run's name, the rest of the <see cref="Stamp"/>, filler, and an end that tells whether all of it came.</summary>
internal sealed class MessageText
{
    private const int MarkSize = 2;

    /// <summary>The shortest text there is.</summary>
    public const int MinSize = MarkSize + Stamp.Size + MarkSize;

    private readonly byte[] _template;
    private readonly byte[] _marker;

    public MessageText(byte[] run, int size)
    {
        Run = run;
        _marker = [.. "@#"u8, .. run];
        _template = new byte[size];
        for (var i = 0; i < size; i++)
            _template[i] = "the quick brown fox says hello to everybody in this room, "u8[i % 58];

        "@#"u8.CopyTo(_template);
        "#@"u8.CopyTo(_template.AsSpan(size - MarkSize));
    }

    public byte[] Run { get; }

    public int Size => _template.Length;

    /// <returns>The text, all of it ASCII that JSON does not escape.</returns>
    public Span<byte> Write(Stamp stamp, Span<byte> to)
    {
        _template.CopyTo(to);
        stamp.Write(Run, to[MarkSize..]);
        return to[.._template.Length];
    }

    /// <summary>Finds the next text in a frame.</summary>
    /// <param name="frame">The frame from here on; moved behind what was found.</param>
    /// <param name="stamp">Its stamp.</param>
    public Found Next(ref ReadOnlySpan<byte> frame, out Stamp stamp)
    {
        stamp = default;
        var at = frame.IndexOf(_marker);
        if (at < 0)
            return Found.Nothing;

        var text = frame[at..];
        var whole = text.Length >= Size && text[Size - 2] == (byte)'#' && text[Size - 1] == (byte)'@' && Stamp.TryRead(text[MarkSize..], out stamp);
        frame = text[(whole ? Size : _marker.Length)..];
        return whole ? Found.Message : Found.Corrupt;
    }

    internal enum Found
    {
        Nothing,
        Message,

        /// <summary>It begins like one of the run's messages, and goes on otherwise.</summary>
        Corrupt,
    }
}
