using System.Text.Json.Serialization;

namespace AspireChat.Client.Protocol;

/// <summary>A frame to the server.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(JoinFrame), "join")]
[JsonDerivedType(typeof(LeaveFrame), "leave")]
[JsonDerivedType(typeof(SendFrame), "send")]
[JsonDerivedType(typeof(TypingFrame), "typing")]
[JsonDerivedType(typeof(PingFrame), "ping")]
internal abstract record ClientFrame;

internal sealed record JoinFrame(string Room, string Name, int History, bool Presence, ResumePoint? Since) : ClientFrame;

internal sealed record LeaveFrame(string Room) : ClientFrame;

// The name is left out where the connection has joined the room.
internal sealed record SendFrame(string Room, string Id, string Text, string? Name) : ClientFrame;

internal sealed record TypingFrame(string Room) : ClientFrame;

internal sealed record PingFrame : ClientFrame;
