namespace AspireChat.ChatServer.Backplane.Envelopes;

/// <summary>A message without a place: kind, tail.</summary>
internal static class MessageEnvelope
{
    public static byte[] Encode(MessageMark mark, in Publication publication)
    {
        var bytes = MessageTail.Encode(headSize: 1, mark, publication);
        bytes[0] = (byte)EnvelopeKind.Message;
        return bytes;
    }

    public static bool TryDecode(ReadOnlyMemory<byte> envelope, out MessageMark mark, out RoomMessage? message) =>
        MessageTail.TryDecode(envelope[1..], offset: 0, out mark, out message);
}
