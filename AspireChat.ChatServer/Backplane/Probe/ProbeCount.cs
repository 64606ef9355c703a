namespace AspireChat.ChatServer.Backplane.Probe;

/// <summary>
/// Counts the probes that went unheard. Two in a row and the instance is deaf: a connection that lives proves nothing, only hearing does.
/// </summary>
/// <remarks>Not thread-safe, but for <see cref="IsHeard"/>.</remarks>
internal sealed class ProbeCount(TimeProvider time)
{
    /// <summary>After so many unheard probes the instance counts as deaf.</summary>
    public const int Most = 2;

    /// <summary>While it stays deaf, the connection is made anew each so many probes.</summary>
    private const int Again = 5;

    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>The first beat may come just after the first probe, which has then not had the time to be heard.</summary>
    private static readonly TimeSpan LeastTime = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan MostLate = TimeSpan.FromMilliseconds(500);

    private long? _sent;
    private volatile bool _heard;

    public bool IsHeard => _heard;

    public int Unheard { get; private set; }

    /// <summary>Call at each beat, before the next probe is sent.</summary>
    /// <param name="lastHeard">When anything was heard last on the subscriber; a timestamp. Whatever was heard proves as much as the probe does.</param>
    public ProbeVerdict Beat(long lastHeard)
    {
        if (_sent is not { } sent)
            return ProbeVerdict.Wait;

        if (lastHeard >= sent)
        {
            var healed = !_heard || Unheard > 0;
            (_heard, Unheard) = (true, 0);
            return healed ? ProbeVerdict.Healed : ProbeVerdict.Wait;
        }

        // This process itself did not run: it would not have heard anything either.
        var elapsed = time.GetElapsedTime(sent);
        if (elapsed < LeastTime || elapsed > Interval + MostLate)
            return ProbeVerdict.Wait;

        Unheard++;
        if (Unheard >= Most)
            _heard = false;
        return Unheard >= Most && (Unheard - Most) % Again == 0 ? ProbeVerdict.Rebuild : ProbeVerdict.Wait;
    }

    public void Sent() => _sent = time.GetTimestamp();
}
