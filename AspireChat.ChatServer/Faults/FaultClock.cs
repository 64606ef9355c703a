namespace AspireChat.ChatServer.Faults;

/// <summary>A clock that is wrong on purpose, by <c>Chat:Faults:ClockOffset</c>: the date alone, since time goes by as fast on it as on any other.</summary>
internal sealed class FaultClock(TimeSpan offset) : TimeProvider
{
    public const string Setting = "Chat:Faults:ClockOffset";

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + offset;
}
