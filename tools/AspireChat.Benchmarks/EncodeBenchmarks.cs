using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Protocol;
using BenchmarkDotNet.Attributes;

namespace AspireChat.Benchmarks;

/// <summary>From what a sender sent to the finished frame that all receivers share.</summary>
public class EncodeBenchmarks
{
    private readonly MessageEncoder _encoder = new(SampleMessage.Room);
    private readonly byte[] _id = SampleMessage.Id(1);
    private readonly byte[] _name = "ada"u8.ToArray();
    private readonly DateTimeOffset _at = TimeProvider.System.GetUtcNow();
    private RoomMessage _message = null!;

    [GlobalSetup]
    public void Setup() => _message = new RoomMessage { Body = Body(), Offset = 123_456 };

    /// <summary>Once, where the message came in.</summary>
    [Benchmark]
    public byte[] Body() => MessageBody.Encode(_id, _name, SampleMessage.Text, _at, "chat-1");

    /// <summary>Once on each instance.</summary>
    [Benchmark]
    public byte[] Frame() => _encoder.Encode(_message).Bytes;
}
