using AspireChat.LoadTest.Auditing.Recording;

namespace AspireChat.LoadTest.Auditing.Clients;

/// <summary>A frame as it came over the wire.</summary>
internal abstract record RawFrame;

internal sealed record RawWelcome(string Instance, string Mode) : RawFrame;

internal sealed record RawJoined(string Room, bool Recovered, StreamPosition? Position, IReadOnlyList<RawMessage> Messages) : RawFrame;

internal sealed record RawMessage(string Room, string Id, string Name, SeenMessage Seen) : RawFrame;

internal sealed record RawAck(string Room, string Id, StreamPosition? Position) : RawFrame;

internal sealed record RawResync(string Room, StreamPosition? Position, IReadOnlyList<RawMessage> Messages) : RawFrame;

internal sealed record RawBackplane(string Mode) : RawFrame;

internal sealed record RawReconnect(long AfterMs) : RawFrame;

internal sealed record RawError(string Code, string? Room, string? Id) : RawFrame;

/// <summary>One that an audit has nothing to check in.</summary>
internal sealed record RawOther(string Type) : RawFrame;

/// <summary>A frame that is not as the protocol says; the message tells how.</summary>
internal sealed class BrokenFrameException(string message, Exception? innerException = null) : Exception(message, innerException);
