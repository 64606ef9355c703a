using AspireChat.ChatServer.WebSockets;
using AspireChat.LoadTest.Load.Clients;

namespace AspireChat.Tests.Fuzzing.Targets;

/// <summary>Frames of a server as the load generator finds them in what it received: the same however much of it is there yet, and never past its end.</summary>
internal sealed class LoadFrameTarget : FuzzTarget
{
    public override string Name => "load-frames";

    public override IEnumerable<byte[]> Seeds =>
    [
        ServerFrame.Text("{}"u8).Bytes, ServerFrame.Text(new byte[126]).Bytes, ServerFrame.Text(new byte[70_000]).Bytes, ServerFrame.Ping.Bytes,
        ServerFrame.Pong("x"u8).Bytes, ServerFrame.Close(1001, "going away").Bytes, [0x81, 127, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], [0x81, 127, 0, 0, 0, 0, 1, 0, 0, 0],
    ];

    public override byte[] Generate(Random random)
    {
        var bytes = new byte[random.Next(1, 200)];
        random.NextBytes(bytes);
        bytes[0] &= 0x8F;
        return bytes;
    }

    public override string Check(byte[] input)
    {
        var (whole, opcode) = Parse(input);
        foreach (var cut in (int[])[1, 2, 3, 9, 10, 11, input.Length - 1])
        {
            var part = input.AsSpan(0, Math.Clamp(cut, 0, input.Length)).ToArray();
            if (Parse(part).Length is > 0 and var length && (length > part.Length || length != whole))
            {
                throw new FuzzException($"{cut} bytes hold a frame of {length}, all of them one of {whole}.");
            }
        }

        return $"{whole < 0} {whole == 0} {opcode}";
    }

    private static (int Length, int Opcode) Parse(byte[] bytes)
    {
        try
        {
            var length = FrameParser.TryParse(bytes, out var frame);
            return length == 0 || frame.Payload.Length < length ? (length, frame.Opcode) : throw new FuzzException("A payload is as long as its frame.");
        }
        catch (InvalidDataException)
        {
            return (-1, 0);
        }
    }
}
