using System.Diagnostics;
using System.Text;
using AspireChat.ChatServer.Protocol;
using AspireChat.ChatServer.Rooms;
using AspireChat.ChatServer.Security.Identity;
using AspireChat.ChatServer.WebSockets;

namespace AspireChat.ChatServer.Connections;

/// <summary>One WebSocket: who is at the other end, which rooms it is in, what waits to be sent to it, and how it ends.</summary>
/// <remarks>Sending and closing are thread-safe. What else there is belongs to the loop that reads from it.</remarks>
internal sealed class ChatConnection
{
    private readonly ConnectionSetup _setup;
    private readonly FrameTransport _transport;
    private readonly OutboundQueue _outbound;
    private JoinedRooms _rooms;
    private TokenBucket _sends;
    private TokenBucket _requests;
    private Repetition? _misuses;
    private Repetition? _refusals;
    private SendWindow? _sendWindow;
    private SemaphoreSlim? _replayTurn;
    private CloseReason? _closing;
    private long _heardAt;

    public ChatConnection(ConnectionSetup setup, long number, FrameTransport transport)
    {
        _setup = setup;
        _transport = transport;
        _outbound = new OutboundQueue(transport, setup.Options.OutboundBytes, setup.Time);
        _sends = setup.NewSendBucket();
        _requests = setup.NewRequestBucket();
        Number = number;
        OpenedAt = _heardAt = PingedAt = setup.Time.GetTimestamp();
    }

    /// <summary>Unique on this instance.</summary>
    public long Number { get; }

    /// <summary>Unique everywhere.</summary>
    public string Id => _setup.IdOf(Number);

    /// <summary>The span of the upgrade, to which the traces of this connection's messages are linked; default when it was not sampled.</summary>
    public ActivityContext Upgrade { get; init; }

    /// <summary>Who is at the other end; null where authentication is off.</summary>
    public ConnectionIdentity? Identity { get; init; }

    /// <summary>The rooms that this connection is in.</summary>
    public ref JoinedRooms Rooms => ref _rooms;

    public SendWindow SendWindow => _sendWindow ??= new SendWindow();

    /// <summary>Whoever replays to this connection takes turns, so that one step of a replay at a time waits to be written, whatever the number of rooms.</summary>
    public SemaphoreSlim ReplayTurn => LazyInitializer.EnsureInitialized(ref _replayTurn, () => new SemaphoreSlim(1, 1));

    public long OpenedAt { get; }

    /// <summary>When a byte last came; see <see cref="Heard"/>.</summary>
    public long HeardAt => Volatile.Read(ref _heardAt);

    /// <summary>When it was last pinged; the sweeper's to set.</summary>
    public long PingedAt { get; set; }

    /// <summary>Whether it has ever sent a valid frame.</summary>
    public bool HasSpoken { get; set; }

    /// <summary>Why it is being closed; null while it is open.</summary>
    public CloseReason? Closing => Volatile.Read(ref _closing);

    public long ClosingSince { get; private set; }

    public OutboundQueue Outbound => _outbound;

    /// <summary>A byte came: the peer lives.</summary>
    public void Heard() => Volatile.Write(ref _heardAt, _setup.Time.GetTimestamp());

    /// <summary>Sends a frame, without ever waiting. A peer that has too much waiting for it already is closed instead.</summary>
    public void Send(ServerFrame frame)
    {
        if (_outbound.Enqueue(frame) == Enqueued.Overflow)
        {
            Close(CloseReason.SlowConsumer);
        }
    }

    /// <summary>Sends frames of a room to this connection's member.</summary>
    /// <returns>Whether they are the caller's to write; see <see cref="OutboundQueue.TryClaim"/>.</returns>
    public bool TryClaim(byte[] frames, Membership member)
    {
        if (_outbound.TryClaim(frames, member, out var claimed) == Enqueued.Overflow)
        {
            Close(CloseReason.SlowConsumer);
        }

        return claimed;
    }

    /// <summary>Sends an error. A client that causes them again and again is closed.</summary>
    public void Refuse(ErrorCode error, ReadOnlySpan<byte> room = default, ReadOnlySpan<byte> id = default)
    {
        _setup.Telemetry.Refused(error);
        Send(ServerFrames.Error(error, room, id));
        if (error.IsMisuse && (_misuses ??= new Repetition(_setup.Time)).Add())
        {
            Close(CloseReason.ProtocolErrors);
        }
        else if (error == ErrorCode.RateLimited && (_refusals ??= new Repetition(_setup.Time)).Add())
        {
            Close(CloseReason.RateLimit);
        }
    }

    /// <inheritdoc cref="Refuse(ErrorCode, ReadOnlySpan{byte}, ReadOnlySpan{byte})"/>
    public void Refuse(ErrorCode error, string room, string id = "") =>
        Refuse(error, Encoding.UTF8.GetBytes(room), Encoding.UTF8.GetBytes(id));

    public bool TryTakeSend() => _sends.TryTake();

    public bool TryTakeRequest() => _requests.TryTake();

    /// <summary>Sends the close frame as the last one. Only the first reason counts.</summary>
    public void Close(CloseReason reason)
    {
        if (Interlocked.CompareExchange(ref _closing, reason, null) is not null)
        {
            return;
        }

        ClosingSince = _setup.Time.GetTimestamp();
        _outbound.Finish(ServerFrame.Close(reason.Code, reason.Text), dropWaiting: reason == CloseReason.SlowConsumer);
        _setup.Closed(this, reason);
    }

    /// <summary>Ends it without a word: the peer is gone, or does not follow.</summary>
    public void Abort() => _transport.Abort();
}
