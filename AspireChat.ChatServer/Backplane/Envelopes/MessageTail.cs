using System.Diagnostics;

namespace AspireChat.ChatServer.Backplane.Envelopes;

/// <summary>
/// The part of a message's envelope that its sender writes: mark (12 bytes), flags (1), with <see cref="Traced"/> the trace context (25), body (the rest).
/// </summary>
internal static class MessageTail
{
    private const byte Traced = 1;
    private const int TraceIdSize = 16;
    private const int SpanIdSize = 8;
    private const int TraceContextSize = TraceIdSize + SpanIdSize + 1;

    /// <summary>Writes a tail with room for <paramref name="headSize"/> bytes before it.</summary>
    public static byte[] Encode(int headSize, MessageMark mark, in Publication publication)
    {
        var context = publication.TraceContext;
        // Who is not sampled costs no bytes.
        var traced = (context.TraceFlags & ActivityTraceFlags.Recorded) != 0;
        var bytes = new byte[headSize + MessageMark.Size + 1 + (traced ? TraceContextSize : 0) + publication.Body.Length];

        var rest = bytes.AsSpan(headSize);
        mark.Write(rest);
        rest = rest[MessageMark.Size..];
        rest[0] = traced ? Traced : (byte)0;
        rest = rest[1..];
        if (traced)
        {
            context.TraceId.CopyTo(rest);
            context.SpanId.CopyTo(rest[TraceIdSize..]);
            rest[TraceIdSize + SpanIdSize] = (byte)context.TraceFlags;
            rest = rest[TraceContextSize..];
        }

        publication.Body.Span.CopyTo(rest);
        return bytes;
    }

    /// <summary>Reads a tail; the message shares the bytes.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> tail, long offset, out MessageMark mark, out RoomMessage? message)
    {
        (mark, message) = (default, null);
        if (tail.Length < MessageMark.Size + 1)
            return false;

        mark = MessageMark.Read(tail.Span);
        var traced = (tail.Span[MessageMark.Size] & Traced) != 0;
        var rest = tail[(MessageMark.Size + 1)..];
        if (traced && rest.Length < TraceContextSize)
            return false;

        message = new RoomMessage
        {
            Offset = offset,
            TraceContext = traced ? ReadTraceContext(rest.Span) : default,
            Body = traced ? rest[TraceContextSize..] : rest,
        };
        return true;
    }

    private static ActivityContext ReadTraceContext(ReadOnlySpan<byte> bytes) => new(
        ActivityTraceId.CreateFromBytes(bytes[..TraceIdSize]),
        ActivitySpanId.CreateFromBytes(bytes.Slice(TraceIdSize, SpanIdSize)),
        (ActivityTraceFlags)bytes[TraceIdSize + SpanIdSize],
        isRemote: true);
}
