using AspireChat.ChatServer.Instances;

namespace AspireChat.ChatServer.Backplane.Canary;

/// <summary>
/// Whether the other instances are heard. What is to be heard is known by another way than the canary's own: with its lease each instance tells which of
/// its beats Redis has taken. So one that died, hangs, drains, has not followed a switch yet or knows no canary is not missed: it claims nothing new.
/// </summary>
/// <remarks>For one thread.</remarks>
internal sealed class CanaryPeers(string ownIncarnation)
{
    private Dictionary<string, long> _claims = new(StringComparer.Ordinal);
    private Dictionary<string, long> _expected = new(StringComparer.Ordinal);

    /// <summary>Call once an interval: judges by what was claimed at the call before, which has had its time to come.</summary>
    /// <returns>Whether any of the others is heard; null where none has claimed anything new, so that nothing can be told.</returns>
    public bool? AreHeard(IReadOnlyList<InstanceStatus> live, long modeVersion, CanaryEar ear)
    {
        bool? heard = _expected.Count == 0 ? null : _expected.Any(expected => ear.NewestOf(expected.Key) >= expected.Value);

        var claims = new Dictionary<string, long>(StringComparer.Ordinal);
        var expected = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var status in live)
        {
            if (status.Incarnation == ownIncarnation || status.Draining || status.Canary == 0 || status.ModeVersion != modeVersion)
                continue;

            // One that is seen for the first time may be long dead: it is missed once its count has grown.
            claims[status.Incarnation] = status.Canary;
            if (_claims.TryGetValue(status.Incarnation, out var former) && status.Canary > former)
                expected[status.Incarnation] = status.Canary;
        }

        (_claims, _expected) = (claims, expected);
        HasAny = claims.Count > 0;
        return heard;
    }

    /// <summary>Whether there are others at all, as of the last look.</summary>
    public bool HasAny { get; private set; }
}
