using System.Text;

namespace AspireChat.CostGuard.Peers;

/// <summary>AspireChat; by default each message is stored in the room's stream, and acknowledged.</summary>
internal sealed class AspireChatPeer(string mode = "stream") : IPeer
{
    private readonly string _run = Convert.ToHexStringLower(Guid.NewGuid().ToByteArray());

    public string Name => $"AspireChat ({mode})";

    public string Project => "AspireChat.ChatServer";

    public string Path => "/ws";

    public string? SubProtocol => "aspirechat.v1";

    public ReadOnlySpan<byte> Greeting => [];

    public ReadOnlySpan<byte> KeepAlive => "{\"type\":\"ping\"}"u8;

    public IReadOnlyDictionary<string, string> EnvironmentOf(int server) => new Dictionary<string, string>
    {
        ["Chat__Instance"] = $"chat-{server + 1}",
        ["Chat__Backplane"] = mode,
        ["Chat__Limits__SendsPerSecond"] = "0",
        ["Chat__Limits__ConnectionsPerAddress"] = "0",
    };

    public bool IsWelcome(ReadOnlySpan<byte> frame) => frame.IndexOf("\"welcome\""u8) >= 0;

    public byte[] Join(string room) => Encoding.ASCII.GetBytes($$"""{"type":"join","room":"{{room}}","name":"guard","history":0,"presence":false}""");

    public bool IsJoined(ReadOnlySpan<byte> frame) => frame.IndexOf("\"joined\""u8) >= 0;

    public byte[] Say(string room, long number, ReadOnlySpan<byte> text) =>
        [.. Encoding.ASCII.GetBytes($$"""{"type":"send","room":"{{room}}","name":"guard","id":"{{_run}}-{{number}}","text":" """[..^1]), .. text, .. "\"}"u8];
}
