using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace AspireChat.LoadTest.Auditing.Recording;

/// <summary>Reads a record, line by line.</summary>
internal static class RecordReader
{
    /// <summary>The entries of a record. One that was cut off, by a crash or because it is still written, simply ends early.</summary>
    /// <exception cref="InvalidDataException">A line in the middle is no entry.</exception>
    public static async IAsyncEnumerable<AuditEntry> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 256 * 1024, useAsync: true);
        await using Stream lines = RecordWriter.IsCompressed(path) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(lines);
        for (var number = 1; await ReadLineAsync(reader, cancellationToken) is { } line; number++)
        {
            if (Parse(line) is { } entry)
                yield return entry;
            else if (await ReadLineAsync(reader, cancellationToken) is not null)
                throw new InvalidDataException($"Line {number} of the record '{path}' is no entry. Was it edited, or written by another version?");
            else
                yield break;
        }
    }

    private static async Task<string?> ReadLineAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadLineAsync(cancellationToken);
        }
        catch (InvalidDataException)
        {
            return null; // A gzip stream that was cut off.
        }
    }

    private static AuditEntry? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, AuditJson.Default.AuditEntry);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
