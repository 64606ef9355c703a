using System.Text.Json.Serialization;

namespace AspireChat.Client.Protocol;

/// <summary>A frame from the server; this very type for a type that is unknown, which later servers may send.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type", IgnoreUnrecognizedTypeDiscriminators = true)]
[JsonDerivedType(typeof(WelcomeFrame), "welcome")]
[JsonDerivedType(typeof(JoinedFrame), "joined")]
[JsonDerivedType(typeof(MessageFrame), "message")]
[JsonDerivedType(typeof(AckFrame), "ack")]
[JsonDerivedType(typeof(PresenceFrame), "presence")]
[JsonDerivedType(typeof(UserTypingFrame), "typing")]
[JsonDerivedType(typeof(LeftFrame), "left")]
[JsonDerivedType(typeof(ResyncFrame), "resync")]
[JsonDerivedType(typeof(BackplaneFrame), "backplane")]
[JsonDerivedType(typeof(ReconnectFrame), "reconnect")]
[JsonDerivedType(typeof(PongFrame), "pong")]
[JsonDerivedType(typeof(ErrorFrame), "error")]
internal record ServerFrame;

// Parameters without a default are required: a frame that lacks one breaks the protocol.

internal sealed record WelcomeFrame(int Protocol, string Instance, string Connection, BackplaneMode Backplane, double PingSeconds, ServerLimits Limits)
    : ServerFrame;

internal sealed record JoinedFrame(
    string Room,
    bool Recovered,
    IReadOnlyList<MessageFrame> Messages,
    IReadOnlyList<RoomMember> Members,
    int MemberCount,
    StreamPosition? Position = null) : ServerFrame;

internal sealed record MessageFrame(string Room, string Id, string Name, string Text, DateTimeOffset At, string Instance, long? Offset = null)
    : ServerFrame;

internal sealed record AckFrame(string Room, string Id, long? Offset = null, string? Epoch = null) : ServerFrame;

internal sealed record PresenceFrame(string Room, string Event, int Members, string? Name = null) : ServerFrame;

internal sealed record UserTypingFrame(string Room, string Name) : ServerFrame;

internal sealed record LeftFrame(string Room) : ServerFrame;

internal sealed record ResyncFrame(string Room, IReadOnlyList<MessageFrame> Messages, StreamPosition? Position = null) : ServerFrame;

internal sealed record BackplaneFrame(BackplaneMode Mode) : ServerFrame;

internal sealed record ReconnectFrame(string Reason, long AfterMs) : ServerFrame;

internal sealed record PongFrame : ServerFrame;

internal sealed record ErrorFrame(string Code, string Message, string? Room = null, string? Id = null) : ServerFrame;
