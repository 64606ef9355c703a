namespace AspireChat.Client.Connections;

/// <summary>
/// How long to wait before trying again: full jitter, a random time in 0…min(30 s, 0.25 s × 2ⁿ). Thousands of clients lose an instance at the same
/// moment; spread over the whole interval they come back as a stream instead of a wave.
/// </summary>
/// <param name="random">Gives numbers from 0 up to, but not including, 1.</param>
internal sealed class Backoff(Func<double> random)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestRefused = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    public static Backoff FullJitter { get; } = new(Random.Shared.NextDouble);

    /// <param name="failures">How many tries have failed since the last success, this one not counted.</param>
    public TimeSpan After(int failures) => Jitter(failures, Longest);

    /// <summary>
    /// After the server could not do for the moment what it was asked: not as long as for a new connection, since it is there and will be able soon, and
    /// what waits should go out within 10 s then.
    /// </summary>
    public TimeSpan AfterRefusal(int failures) => Jitter(failures, LongestRefused);

    /// <summary>After the server complained of the rate: at least 5 s, jittered like the rest.</summary>
    public TimeSpan AfterRateLimit(int failures) => Pause + After(failures);

    private TimeSpan Jitter(int failures, TimeSpan longest)
    {
        var ceiling = failures < 7 ? First * (1 << failures) : longest;
        return (ceiling < longest ? ceiling : longest) * random();
    }
}
