using System.Text;
using AspireChat.Client;
using AspireChat.Client.Protocol;
using AspireChat.LoadTest.Auditing.Clients;

namespace AspireChat.Tests.Fuzzing.Targets;

/// <summary>Frames of a server, as the .NET client and the auditor read them: each has one exception for what is none, and no other.</summary>
internal sealed class ServerFrameTarget : FuzzTarget
{
    private const string Message = """{"type":"message","room":"r","offset":7,"id":"x","name":"ada","text":"h\u00e9\ud83d\ude00","at":"2026-01-02T03:04:05.678Z","instance":"chat-1"}""";

    private readonly RawFrameParser _auditor = new(new SendIds());

    public override string Name => "server-frames";

    public override IEnumerable<byte[]> Seeds => new[]
    {
        """{"type":"welcome","protocol":1,"instance":"chat-1","connection":"chat-1.1","backplane":"stream","pingSeconds":20,"limits":{"frameBytes":65536,"textChars":4000,"sendsPerSecond":20}}""",
        $$$"""{"type":"joined","room":"r","position":{"epoch":"e","offset":7},"recovered":true,"messages":[{{{Message}}}],"members":[{"name":"ada","connections":2}],"memberCount":1}""",
        Message, """{"type":"ack","room":"r","id":"x","offset":7,"epoch":"e"}""", """{"type":"presence","room":"r","event":"joined","name":"ada","members":3}""",
        """{"type":"typing","room":"r","name":"ada"}""", """{"type":"left","room":"r"}""", $$$"""{"type":"resync","room":"r","position":null,"messages":[{{{Message}}}]}""",
        """{"type":"backplane","mode":"pubsub"}""", """{"type":"reconnect","reason":"draining","afterMs":250}""", """{"type":"pong","t":[1,{"a":2}]}""",
        """{"type":"error","code":"bad_json","message":"m","room":"r","id":"x"}""", """{"type":"news","of":"later"}""", "null", "[]", "5",
    }.Select(Encoding.UTF8.GetBytes);

    public override byte[][] Tokens => [.. new[]
    {
        "\"type\":", "\"message\"", "\"joined\"", "\"position\":", "\"offset\":", "\"messages\":[", "null", "1e400", "-1", "9007199254740992", "\"\\ud800\"", "\"$type\":", "\"$id\":1", "\"$ref\":", "{", "}", "[", "]", ",",
        "\"9999-99-99\"", "\"2026-01-02T03:04:05+14:00\"", "\"0001-01-01T00:00:00+14:00\"", "true",
    }.Select(Encoding.UTF8.GetBytes)];

    public override (long Fixed, int PerByte) Allocation => (256 * 1024, 64);

    public override byte[] Generate(Random random)
    {
        string[] types = ["welcome", "joined", "message", "ack", "presence", "typing", "left", "resync", "backplane", "reconnect", "pong", "error", "news"];
        string[] names = ["protocol", "instance", "connection", "backplane", "pingSeconds", "limits", "room", "position", "recovered", "messages", "members", "memberCount", "offset", "id", "name", "text", "at", "epoch", "event", "mode", "reason", "afterMs", "t", "code", "message", "type"];
        string[] values = ["1", "0", "-1", "1.5", "\"\"", "\"x\"", "\"stream\"", "null", "true", "[]", "{}", "[null]", $"[{Message}]", "{\"epoch\":\"e\",\"offset\":1}", "\"2026-01-02T03:04:05Z\"", "[{\"name\":\"a\",\"connections\":1}]", "9223372036854775807", "\"\\udc00\""];
        var members = Enumerable.Range(0, random.Next(10)).Select(_ => $"\"{names[random.Next(names.Length)]}\":{values[random.Next(values.Length)]}");
        return Encoding.UTF8.GetBytes($"{{{string.Join(',', [$"\"type\":\"{types[random.Next(types.Length)]}\"", .. members])}}}");
    }

    public override string Check(byte[] input) => $"{ReadAsClient(input)} {ReadAsAuditor(input)}";

    private static string ReadAsClient(byte[] input)
    {
        try
        {
            return FrameJson.Read(input).GetType().Name;
        }
        catch (ChatProtocolException)
        {
            return "refused";
        }
    }

    private string ReadAsAuditor(byte[] input)
    {
        try
        {
            return _auditor.Parse(input).GetType().Name;
        }
        catch (BrokenFrameException)
        {
            return "refused";
        }
    }
}
