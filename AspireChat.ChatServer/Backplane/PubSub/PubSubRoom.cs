using AspireChat.ChatServer.Backplane.Envelopes;
using AspireChat.ChatServer.Backplane.Redis;

namespace AspireChat.ChatServer.Backplane.PubSub;

/// <summary>Relays what a room's channel brings to its sink.</summary>
internal sealed class PubSubRoom(IRoomSink sink, MessageMarks marks, BackplaneMetrics metrics) : IChannelListener
{
    private readonly Lock _gate = new();
    private bool _begun;

    /// <summary>What was heard before came before the subscription was complete, and is nobody's.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            sink.Begin(position: null);
            _begun = true;
        }
    }

    public void Hear(ReadOnlyMemory<byte> message)
    {
        lock (_gate)
        {
            if (!_begun || message.IsEmpty)
                return;

            switch ((EnvelopeKind)message.Span[0])
            {
                case EnvelopeKind.Message when MessageEnvelope.TryDecode(message, out var mark, out var decoded):
                    Deliver(mark, decoded!);
                    break;
                // From an instance that has not followed a switch of the mode yet. It is a message all the same, and here it needs no place.
                case EnvelopeKind.StreamMessage when StreamMessage.TryDecode(message, out var placed):
                    Deliver(placed.Mark, new RoomMessage { Body = placed.Message.Body, TraceContext = placed.Message.TraceContext });
                    break;
                case EnvelopeKind.Signal when SignalEnvelope.TryDecode(message.Span, out var signal):
                    sink.Signal(signal);
                    break;
                default:
                    metrics.Unreadable();
                    break;
            }
        }
    }

    public void Missed(int messages) => metrics.PassedOver(messages);

    public void Moved()
    {
    }

    private void Deliver(MessageMark mark, RoomMessage message)
    {
        if (marks.Age(mark) is { } age)
            metrics.Delivered(age);
        sink.Deliver(message);
    }
}
