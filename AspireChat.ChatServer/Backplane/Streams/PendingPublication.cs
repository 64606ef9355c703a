using System.Security.Cryptography;
using System.Text;
using AspireChat.ChatServer.Backplane.Envelopes;

namespace AspireChat.ChatServer.Backplane.Streams;

/// <summary>A publication that somebody waits for, in the form in which it goes to Redis.</summary>
internal sealed class PendingPublication(KnownRoom room, in Publication publication, MessageMark mark)
{
    private const int DigestSize = 16;

    // Whoever is told goes on at once: what waits here sends an acknowledgement and is done.
    private readonly TaskCompletionSource<StoreResult> _stored = new();

    public KnownRoom Room => room;

    /// <summary>Key of the send (16 bytes, from name and id), digest of its text (16 bytes).</summary>
    public byte[] Send { get; } = EncodeSend(publication);

    /// <summary>What of the envelope is known before the message has its place.</summary>
    public byte[] Message { get; } = MessageTail.Encode(headSize: 0, mark, publication);

    public Task<StoreResult> Stored => _stored.Task;

    public void Tell(StoreResult result) => _stored.SetResult(result);

    public void Tell(Exception failure) => _stored.SetException(failure);

    private static byte[] EncodeSend(in Publication publication)
    {
        // A name holds no control characters, so no other name and id join to the same text.
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{publication.Name}\n{publication.Id}"), digest);

        var bytes = new byte[2 * DigestSize];
        digest[..DigestSize].CopyTo(bytes);
        publication.TextDigest.Span[..DigestSize].CopyTo(bytes.AsSpan(DigestSize));
        return bytes;
    }
}
