using System.Text;
using AspireChat.ChatServer.Protocol;
using BenchmarkDotNet.Attributes;

namespace AspireChat.Benchmarks;

/// <summary>Reading and validating what clients send.</summary>
public class ParseBenchmarks
{
    private byte[] _frame = [];
    private byte[] _copy = [];

    [Params("send", "send with escapes", "join and resume")]
    public string Frame { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var text = Encoding.UTF8.GetString(SampleMessage.Text);
        _frame = Encoding.UTF8.GetBytes(Frame switch
        {
            "send" => $$"""{"type":"send","room":"{{SampleMessage.Room}}","id":"0123456789abcdef-1","text":"{{text}}"}""",
            "send with escapes" => $$"""{"type":"send","room":"{{SampleMessage.Room}}","id":"0123456789abcdef-1","text":"\u00e9\n\"{{text[3..]}}"}""",
            _ => $$"""{"type":"join","room":"{{SampleMessage.Room}}","name":"ada","since":{"epoch":"1.0123456789abcdef-1f","offset":123456},"history":0,"presence":false}""",
        });
        _copy = new byte[_frame.Length];
    }

    /// <summary>With a copy of the frame, which reading changes.</summary>
    [Benchmark]
    public bool Read()
    {
        _frame.CopyTo(_copy, 0);
        return ClientFrameReader.Read(_copy, out _) is null;
    }
}
