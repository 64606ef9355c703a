using System.Buffers.Binary;
using System.Text;
using System.Threading.Channels;
using AspireChat.ChatServer.Connections;

namespace AspireChat.Tests.Connections;

/// <summary>A socket whose writes the test sees one by one, and ends as it likes.</summary>
internal sealed class ManualTransport : FrameTransport
{
    private readonly Channel<Write> _writes = Channel.CreateUnbounded<Write>();
    private readonly MemoryStream _all = new();

    public bool CompletesAtOnce { get; set; }

    public string AllTexts => Write.TextsOf(_all.ToArray());

    public ValueTask<Write> NextWriteAsync() => _writes.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer) => throw new NotSupportedException();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        if (CompletesAtOnce)
        {
            _all.Write(bytes.Span);
            return ValueTask.CompletedTask;
        }

        var write = new Write(bytes.ToArray());
        _writes.Writer.TryWrite(write);
        return new ValueTask(write.Task);
    }

    public override void Abort()
    {
    }

    internal sealed class Write(byte[] bytes)
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Task => _done.Task;

        /// <summary>The payloads of the frames written, joined by spaces.</summary>
        public string Texts => TextsOf(bytes);

        public void Complete() => _done.SetResult();

        public void Fail() => _done.SetException(new IOException("The socket is broken."));

        public static string TextsOf(ReadOnlySpan<byte> frames)
        {
            var texts = new List<string>();
            while (!frames.IsEmpty)
            {
                var (header, length) = frames[1] switch
                {
                    126 => (4, BinaryPrimitives.ReadUInt16BigEndian(frames[2..])),
                    127 => (10, (int)BinaryPrimitives.ReadUInt64BigEndian(frames[2..])),
                    var small => (2, small),
                };
                texts.Add(Encoding.UTF8.GetString(frames.Slice(header, length)));
                frames = frames[(header + length)..];
            }

            return string.Join(' ', texts);
        }
    }
}
