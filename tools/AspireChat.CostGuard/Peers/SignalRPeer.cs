using System.Text;

namespace AspireChat.CostGuard.Peers;

/// <summary>SignalR with its Redis backplane: a message goes to a group.</summary>
internal sealed class SignalRPeer : IPeer
{
    public string Name => "SignalR";

    public string Project => System.IO.Path.Combine("tools", "AspireChat.SignalRPeer");

    public string Path => "/hub";

    public string? SubProtocol => null;

    public ReadOnlySpan<byte> Greeting => "{\"protocol\":\"json\",\"version\":1}\x1e"u8;

    public ReadOnlySpan<byte> KeepAlive => "{\"type\":6}\x1e"u8;

    public IReadOnlyDictionary<string, string> EnvironmentOf(int server) => new Dictionary<string, string>();

    public bool IsWelcome(ReadOnlySpan<byte> frame) => frame.StartsWith("{}\x1e"u8);

    public byte[] Join(string room) => Encoding.ASCII.GetBytes($$"""{"type":1,"invocationId":"1","target":"Join","arguments":["{{room}}"]}""" + "\x1e");

    public bool IsJoined(ReadOnlySpan<byte> frame) => frame.IndexOf("\"type\":3"u8) >= 0;

    public byte[] Say(string room, long number, ReadOnlySpan<byte> text) =>
        [.. Encoding.ASCII.GetBytes($$"""{"type":1,"target":"Say","arguments":["{{room}}"," """[..^1]), .. text, .. "\"]}\x1e"u8];
}
