using System.Net;

namespace AspireChat.ChatServer.Backplane.Redis;

/// <summary>A server on which channels are subscribed.</summary>
internal sealed class ChannelPlace(EndPoint server)
{
    private long _heardAt;

    public EndPoint Server => server;

    /// <summary>When any channel of it brought anything last; a timestamp of the time provider, 0 before the first time.</summary>
    public long HeardAt
    {
        get => Volatile.Read(ref _heardAt);
        set => Volatile.Write(ref _heardAt, value);
    }
}
