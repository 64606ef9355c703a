using System.Diagnostics;
using System.Diagnostics.Metrics;
using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Protocol;

namespace AspireChat.ChatServer.Telemetry;

/// <summary>The spans and counters of connections and rooms. Never breaks what it measures; costs next to nothing while nobody listens.</summary>
internal sealed class ChatTelemetry : IDisposable
{
    private readonly ActivitySource _source = new(TelemetryNames.Scope);
    private readonly TraceAllowance _messages;
    private readonly Counter<long> _received;
    private readonly Counter<long> _deliveries;
    private readonly Counter<long> _closes;
    private readonly Counter<long> _slowConsumers;
    private readonly Counter<long> _errors;
    private readonly Counter<long> _joins;
    private readonly Counter<long> _replayed;
    private readonly Counter<long> _resyncs;

    /// <param name="messages">Of how many messages there are traces; asked before a span is made, for one that the sampler drops costs as much as one that it keeps.</param>
    public ChatTelemetry(IMeterFactory meters, TraceAllowance messages)
    {
        _messages = messages;
        Meter = meters.Create(TelemetryNames.Scope);
        _received = Meter.CreateCounter<long>(TelemetryNames.Received, "{message}", "Messages that clients of this instance sent.");
        _deliveries = Meter.CreateCounter<long>(TelemetryNames.Deliveries, "{message}", "Messages given to connections of this instance; one to 600 members counts 600.");
        _closes = Meter.CreateCounter<long>(TelemetryNames.Closes, "{connection}", "Connections that this instance closed, by close code.");
        _slowConsumers = Meter.CreateCounter<long>(TelemetryNames.SlowConsumers, "{connection}", "Connections closed because they read too slowly.");
        _errors = Meter.CreateCounter<long>(TelemetryNames.Errors, "{error}", "Errors sent to clients, by code.");
        _joins = Meter.CreateCounter<long>(TelemetryNames.Joins, "{join}", "Joins, by outcome: fresh, recovered, not_recovered.");
        _replayed = Meter.CreateCounter<long>(TelemetryNames.Replayed, "{message}", "Missed messages sent to connections that resumed.");
        _resyncs = Meter.CreateCounter<long>(TelemetryNames.Resyncs, "{connection}", "Connections told that a room's continuity was lost.");
    }

    /// <summary>For the instruments that are read rather than counted.</summary>
    public Meter Meter { get; }

    /// <summary>
    /// Begins the root span of a message. Linked to the connection's upgrade rather than its child: the upgrade's trace lasts as long as the connection,
    /// and hours of messages would share it.
    /// </summary>
    public Activity? Receive(string room, string id, BackplaneMode mode, ActivityContext upgrade)
    {
        if (!_source.HasListeners() || !_messages.TryTake())
        {
            return null;
        }

        // With no current activity, none is taken for the parent: a message is a trace of its own.
        Activity.Current = null;
        var links = upgrade == default ? null : new[] { new ActivityLink(upgrade) };
        var activity = _source.StartActivity(ActivityKind.Server, links: links, name: TelemetryNames.ReceiveSpan);
        Activity.Current = null;
        if (activity is not { IsAllDataRequested: true })
        {
            return null; // Dropped after all: nobody is to wait for its parts.
        }

        Describe(activity, "receive", room);
        return activity
            .SetTag(TelemetryNames.Mode, mode.Name())
            .SetTag(TelemetryNames.MessagingMessageId, id);
    }

    /// <summary>Begins the span of handing a message to the backplane, which the deliveries on all instances belong under.</summary>
    public Activity? Publish(string room, Activity? receive)
    {
        if (receive is null)
        {
            return null;
        }

        var activity = _source.StartActivity(TelemetryNames.PublishSpan, ActivityKind.Producer, receive.Context);
        Describe(activity, "send", room);
        Activity.Current = null;
        return activity;
    }

    /// <summary>Ends the spans of a message once its sender has the answer.</summary>
    public static void End(Activity? publish, Activity? receive, PublishResult result)
    {
        if (receive is null)
        {
            return;
        }

        var status = result.Status == PublishStatus.Published ? ActivityStatusCode.Ok : ActivityStatusCode.Error;
        foreach (var activity in (ReadOnlySpan<Activity?>)[publish, receive])
        {
            activity?.SetTag(TelemetryNames.Outcome, result.Status.ToString());
            activity?.SetTag(TelemetryNames.Offset, result.Position?.Offset);
            activity?.SetStatus(status);
            activity?.Dispose();
        }
    }

    /// <summary>Begins the span of a fan-out, when the message's publisher was sampled.</summary>
    public Activity? Deliver(string room, RoomMessage message)
    {
        if (message.TraceContext == default || !_source.HasListeners())
        {
            return null;
        }

        var activity = _source.StartActivity(TelemetryNames.DeliverSpan, ActivityKind.Consumer, message.TraceContext);
        Describe(activity, "process", room);
        activity?.SetTag(TelemetryNames.Offset, message.Offset);
        return activity;
    }

    public void Received() => _received.Add(1);

    public void Delivered(int receivers) => _deliveries.Add(receivers);

    public void Closed(CloseReason reason)
    {
        _closes.Add(1, new KeyValuePair<string, object?>(TelemetryNames.CloseCode, (int)reason.Code));
        if (reason == CloseReason.SlowConsumer)
        {
            _slowConsumers.Add(1);
        }
    }

    public void Refused(ErrorCode error) => _errors.Add(1, new KeyValuePair<string, object?>(TelemetryNames.ErrorCode, error.Code));

    public void Joined(bool resuming, bool recovered) => _joins.Add(1, new KeyValuePair<string, object?>(
        TelemetryNames.Outcome, !resuming ? "fresh" : recovered ? "recovered" : "not_recovered"));

    public void Replayed(int messages) => _replayed.Add(messages);

    public void Resynced(int connections) => _resyncs.Add(connections);

    public void Dispose() => _source.Dispose();

    private static void Describe(Activity? activity, string operation, string room) => activity?
        .SetTag(TelemetryNames.MessagingSystem, "aspirechat")
        .SetTag(TelemetryNames.MessagingOperation, operation)
        .SetTag(TelemetryNames.MessagingDestinationTemplate, TelemetryNames.RoomTemplate)
        .SetTag(TelemetryNames.Room, room);
}
