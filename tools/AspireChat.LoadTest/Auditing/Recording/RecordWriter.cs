using System.Buffers;
using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json;

namespace AspireChat.LoadTest.Auditing.Recording;

/// <summary>Writes a record: JSON lines, gzipped when the file's name ends in <c>.gz</c>; append-only, so that a crash costs its last lines alone.</summary>
internal sealed class RecordWriter : IAuditLog, IAsyncDisposable
{
    private const int Buffer = 256 * 1024;

    private static readonly long FlushTicks = Stopwatch.Frequency;

    private readonly Lock _gate = new();
    private readonly Stream _lines;
    private readonly ArrayBufferWriter<byte> _line = new(1024);
    private readonly Utf8JsonWriter _json;
    private readonly long _began = Stopwatch.GetTimestamp();
    private long _flushed;
    private bool _ended;

    public RecordWriter(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, Buffer);
        _lines = IsCompressed(path) ? new BufferedStream(new GZipStream(file, CompressionLevel.Fastest), Buffer) : file;
        _json = new Utf8JsonWriter(_line, new JsonWriterOptions { SkipValidation = true });
    }

    public static bool IsCompressed(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    public void Append(AuditEntry entry)
    {
        lock (_gate)
        {
            if (_ended)
                return; // What clients see while they are sent home is no part of the run.

            _ended = entry is RunEnded;
            var now = Stopwatch.GetTimestamp() - _began;
            entry.At = now * 1_000_000 / Stopwatch.Frequency;
            JsonSerializer.Serialize(_json, entry, AuditJson.Default.AuditEntry);
            _json.Flush();
            _json.Reset();
            _line.Write("\n"u8);
            _lines.Write(_line.WrittenSpan);
            _line.ResetWrittenCount();
            if (now - _flushed < FlushTicks)
                return;

            _flushed = now;
            _lines.Flush();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _json.DisposeAsync();
        await _lines.DisposeAsync();
    }
}
