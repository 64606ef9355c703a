using System.Buffers;
using System.Buffers.Text;
using System.Text;
using AspireChat.ChatServer.WebSockets;

namespace AspireChat.ChatServer.Protocol;

/// <summary>Writes the JSON object of one frame, member by member, in pooled memory, and finishes it as a WebSocket frame.</summary>
internal ref struct FrameWriter
{
    private byte[] _buffer;
    private int _length;

    /// <summary>Begins <c>{"type":"…"</c>.</summary>
    public FrameWriter(ReadOnlySpan<byte> type)
    {
        _buffer = ArrayPool<byte>.Shared.Rent(512);
        Raw("{\"type\":\""u8);
        Raw(type);
        Raw("\""u8);
    }

    public void Member(ReadOnlySpan<byte> name, ReadOnlySpan<byte> utf8)
    {
        Name(name);
        Text(utf8);
    }

    public void Member(ReadOnlySpan<byte> name, string text)
    {
        Name(name);
        Text(text);
    }

    public void Member(ReadOnlySpan<byte> name, long number)
    {
        Name(name);
        Number(number);
    }

    public void Member(ReadOnlySpan<byte> name, bool value)
    {
        Name(name);
        Raw(value ? "true"u8 : "false"u8);
    }

    /// <summary>A member whose value follows.</summary>
    public void Name(ReadOnlySpan<byte> name)
    {
        Raw(",\""u8);
        Raw(name);
        Raw("\":"u8);
    }

    public void Text(string text)
    {
        Span<byte> utf8 = stackalloc byte[512];
        Text(Encoding.UTF8.TryGetBytes(text, utf8, out var length) ? utf8[..length] : Encoding.UTF8.GetBytes(text));
    }

    public void Text(scoped ReadOnlySpan<byte> utf8)
    {
        Raw("\""u8);
        _length += JsonText.Escape(utf8, Reserve(utf8.Length * JsonText.MaxEscapedBytes));
        Raw("\""u8);
    }

    public void Number(long number)
    {
        Utf8Formatter.TryFormat(number, Reserve(20), out var written);
        _length += written;
    }

    /// <summary>Bytes that are JSON already.</summary>
    public void Raw(scoped ReadOnlySpan<byte> json)
    {
        json.CopyTo(Reserve(json.Length));
        _length += json.Length;
    }

    /// <summary>Ends the object and gives its memory back; the writer is of no use afterwards.</summary>
    public ServerFrame Finish()
    {
        Raw("}"u8);
        var frame = ServerFrame.Text(_buffer.AsSpan(0, _length));
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        return frame;
    }

    private Span<byte> Reserve(int count)
    {
        if (_buffer.Length - _length < count)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + count));
            _buffer.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        return _buffer.AsSpan(_length);
    }
}
