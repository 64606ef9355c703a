namespace AspireChat.ChatServer.Telemetry;

/// <summary>
/// The names of all spans, instruments and tags. They follow OpenTelemetry's conventions for messaging spans
/// (https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/) and for naming metrics
/// (https://opentelemetry.io/docs/specs/semconv/general/metrics/); what is of the chat alone begins with <c>chat.</c>.
/// No tag of an instrument has more than a handful of values: no rooms, users or connections.
/// </summary>
internal static class TelemetryNames
{
    /// <summary>Of the activity source and the meter.</summary>
    public const string Scope = "AspireChat.ChatServer";

    // Spans: the operation, and the kind of destination rather than its name, so that they stay few.
    public const string ReceiveSpan = "receive chat:room:{room}";
    public const string PublishSpan = "publish chat:room:{room}";
    public const string DeliverSpan = "deliver chat:room:{room}";

    // Tags of spans.
    public const string MessagingSystem = "messaging.system";
    public const string MessagingOperation = "messaging.operation.type";
    public const string MessagingDestinationTemplate = "messaging.destination.template";
    public const string MessagingMessageId = "messaging.message.id";
    public const string RoomTemplate = "chat:room:{room}";
    public const string Room = "chat.room";
    public const string Mode = "chat.backplane.mode";
    public const string Offset = "chat.message.offset";
    public const string Receivers = "chat.receivers";
    public const string Outcome = "chat.outcome";

    // Instruments.
    public const string Connections = "chat.connections";
    public const string Rooms = "chat.rooms";
    public const string OutboundBytes = "chat.outbound.queued";
    public const string Received = "chat.messages.received";
    public const string Deliveries = "chat.messages.delivered";
    public const string Closes = "chat.connections.closed";
    public const string SlowConsumers = "chat.slow_consumers";
    public const string Errors = "chat.errors";
    public const string Joins = "chat.joins";
    public const string Replayed = "chat.messages.replayed";
    public const string Resyncs = "chat.resyncs";

    // Tags of instruments.
    public const string CloseCode = "chat.close.code";
    public const string ErrorCode = "chat.error.code";
}
