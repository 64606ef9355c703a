using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.WebSockets;

namespace AspireChat.ChatServer.Protocol;

/// <summary>The first frame of every connection.</summary>
internal readonly record struct WelcomeFrame(string Instance, string Connection, BackplaneMode Mode, int PingSeconds, int SendsPerSecond)
{
    public ServerFrame Encode()
    {
        var writer = new FrameWriter("welcome"u8);
        writer.Member("protocol"u8, WireProtocol.Version);
        writer.Member("instance"u8, Instance);
        writer.Member("connection"u8, Connection);
        writer.Member("backplane"u8, Mode.Name());
        writer.Member("pingSeconds"u8, PingSeconds);
        writer.Name("limits"u8);
        writer.Raw("{\"frameBytes\":"u8);
        writer.Number(WireProtocol.MaxFrameBytes);
        writer.Member("textChars"u8, WireProtocol.MaxTextLength);
        writer.Member("sendsPerSecond"u8, SendsPerSecond);
        writer.Raw("}"u8);
        return writer.Finish();
    }
}
