namespace AspireChat.Tests.Backplane;

/// <summary>A clock that is wrong.</summary>
internal sealed class SkewedTime(TimeSpan by) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
}
