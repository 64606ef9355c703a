using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using AspireChat.ChatServer.Protocol;

namespace AspireChat.Tests.Fuzzing.Targets;

/// <summary>Frames of clients, against .NET's own reader of JSON: what is taken is JSON that says the same, and what is no JSON is not taken.</summary>
internal sealed class ProtocolTarget : FuzzTarget
{
    private static readonly JsonDocumentOptions SameDepth = new() { MaxDepth = 8 };

    public override string Name => "protocol";

    public override IEnumerable<byte[]> Seeds => new[]
    {
        """{"type":"join","room":"tea","name":"ada","history":7,"presence":false,"since":{"epoch":"e","offset":9007199254740991,"id":"1","name":"bob"}}""",
        """{"type":"send","room":"te\u0061","id":"1\"2","text":"a\nb\u00e9\ud83d\ude00","extra":{"deep":[1,2,[3,[4]]]},"name":"ada"}""",
        """{"type":"leave","room":"tea"}""", """{"type":"typing","room":"tea"}""", """{"type":"ping","t":{"a":[1,"\u00e9",null,true,-1.5e3]}}""",
        """{"id":"1","name":"ada","text":"hello"}""", "[[[[[[[[[[]]]]]]]]]]", "{}",
    }.Select(Encoding.UTF8.GetBytes);

    public override byte[][] Tokens => [.. new[]
    {
        "\"type\":", "\"room\":", "\"id\":", "\"text\":", "\"name\":", "\"since\":", "\"history\":", "\"t\":", "\"epoch\":", "\"offset\":", "\"send\"", "\"join\"", "\"ping\"",
        "\\ud800", "\\udc00", "\\u0000", "\\u00", "\\", "1e999", "-0", "9007199254740993", "{\"a\":", "[", "]", "}", ",", "null", "\ud83d\ude00", "\u202e", "\u0301", " ", "/**/", "\ufeff",
    }.Select(Encoding.UTF8.GetBytes)];

    public override byte[] Generate(Random random)
    {
        string[] names = ["type", "room", "id", "text", "name", "since", "history", "presence", "t", "x", "\\u0074ype"];
        string[] values =
        [
            "\"send\"", "\"join\"", "\"ping\"", "\"leave\"", "\"tea\"", "\"ada\"", "5", "-1", "101", "1e2", "null", "true", "\"\"", "[]", "{\"epoch\":\"e\",\"offset\":1}",
            "{\"epoch\":\"e\",\"offset\":1,\"id\":\"x\"}", "\"\\ud83d\\ude00\"", "\"\\ud800\"", $"\"{new string('x', random.Next(5000))}\"", $"\"{new string('\u00e9', random.Next(100))}\"",
            new string('[', random.Next(12)),
        ];
        var members = Enumerable.Range(0, random.Next(9)).Select(_ => $"\"{Pick(names)}\":{Pick(values)}");
        return Encoding.UTF8.GetBytes($"{{{string.Join(',', members)}}}");

        string Pick(string[] from) => from[random.Next(from.Length)];
    }

    public override string Check(byte[] input)
    {
        _ = ClientFrameReader.ReadMessage(input.ToArray(), out _);
        var error = ClientFrameReader.Read(input.ToArray(), out var frame);
        var parsed = Utf8.IsValid(input) ? TryParse(input) : null;
        using (parsed)
        {
            if (parsed?.RootElement.ValueKind != JsonValueKind.Object)
            {
                return error == ErrorCode.BadJson ? "no JSON" : throw new FuzzException($"What is no JSON object was not refused as such but: {error?.Code ?? "taken"}.");
            }

            if (error is null)
            {
                Compare(frame, parsed.RootElement);
            }
            else if (error == ErrorCode.BadJson && !MayBeBad(parsed.RootElement))
            {
                throw new FuzzException("A JSON object was refused as none.");
            }

            return $"{error?.Code} {frame.Type} {frame.Room.Length > 0} {frame.Id.Length > 0} {frame.Text.Length > 0} {frame.Since is null} {frame.Echo.Length > 0}";
        }
    }

    private static void Compare(in ClientFrame frame, JsonElement json)
    {
        Same(json, "type", frame.Type.ToString().ToLowerInvariant());
        if (frame.Type == ClientFrameType.Ping)
        {
            return;
        }

        Same(json, "room", Encoding.UTF8.GetString(frame.Room));
        if (frame.Room.Length > 64 || !RoomName.IsValid(frame.Room))
        {
            throw new FuzzException("A room has a name that no room may have.");
        }

        if (frame.Type == ClientFrameType.Send)
        {
            Same(json, "id", Encoding.UTF8.GetString(frame.Id));
            Same(json, "text", Encoding.UTF8.GetString(frame.Text));
        }

        if (frame.Type == ClientFrameType.Join)
        {
            Same(json, "name", Encoding.UTF8.GetString(frame.Name));
        }
    }

    private static void Same(JsonElement json, string member, string read)
    {
        var said = json.GetProperty(member).GetString();
        if (said != read)
        {
            throw new FuzzException($"\"{member}\" is '{said}' and was read as '{read}'.");
        }
    }

    /// <summary>A known member twice, or one of a join's that is not what it has to be.</summary>
    private static bool MayBeBad(JsonElement json) =>
        json.EnumerateObject().CountBy(NameOf).Any(name => name.Value > 1)
        || HasHalfAPair(json)
        || json.EnumerateObject().Any(member => NameOf(member) is "since" or "history" or "presence");

    private static bool HasHalfAPair(JsonElement json) => json.EnumerateObject().Any(member => NameOf(member).Length == 0);

    private static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair.
            return "";
        }
    }

    private static JsonDocument? TryParse(byte[] input)
    {
        try
        {
            return JsonDocument.Parse(input, SameDepth);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
