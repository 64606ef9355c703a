using System.Buffers;
using System.IO.Compression;

namespace LocalAspire.Dashboard.Otlp;

/// <summary>The unpacked bytes of one request, in a rented buffer.</summary>
internal sealed class OtlpRequestBody : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(32 * 1024);
    private int _length;

    public ReadOnlySequence<byte> Sequence => new(_buffer, 0, _length);

    /// <summary>Reads the body, unpacking gzip, and never holds more than <paramref name="limit"/> bytes of it: a small packed body can hide a huge one.</summary>
    /// <exception cref="OtlpBodyTooLargeException">It is longer than that.</exception>
    /// <exception cref="InvalidDataException">It is packed in a way that is not known, or badly.</exception>
    public static async Task<OtlpRequestBody> ReadAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit) throw new OtlpBodyTooLargeException();

        var body = new OtlpRequestBody();
        try
        {
            await using var unpacked = Unpack(request);
            await body.FillAsync(unpacked, limit, cancellationToken);
            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private static Stream Unpack(HttpRequest request) => request.Headers.ContentEncoding.ToString().ToLowerInvariant() switch
    {
        "" or "identity" => request.Body,
        "gzip" => new GZipStream(request.Body, CompressionMode.Decompress),
        var other => throw new InvalidDataException($"The content encoding '{other}' is not known."),
    };

    private async Task FillAsync(Stream from, int limit, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_length == _buffer.Length) Grow();
            var read = await from.ReadAsync(_buffer.AsMemory(_length), cancellationToken);
            if (read == 0) return;
            _length += read;
            if (_length > limit) throw new OtlpBodyTooLargeException();
        }
    }

    private void Grow()
    {
        var grown = ArrayPool<byte>.Shared.Rent(2 * _buffer.Length);
        _buffer.AsSpan(0, _length).CopyTo(grown);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = grown;
    }
}
