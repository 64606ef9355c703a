namespace AspireChat.LoadTest.Auditing.Clients;

/// <summary>How long a client waits before it tries again.</summary>
internal static class Pace
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestRefused = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AtOnce = TimeSpan.FromMilliseconds(20);

    public static TimeSpan Next(ReconnectPace pace, int failures) => pace == ReconnectPace.AtOnce ? AtOnce * Random.Shared.NextDouble() : Jitter(failures);

    public static TimeSpan Jitter(int failures) => Jitter(failures, Longest);

    /// <summary>Before a send that was refused for the moment goes out again: soon enough that it is taken within 10 s of the trouble's end.</summary>
    public static TimeSpan AfterRefusal(int refusals) => Jitter(refusals, LongestRefused);

    private static TimeSpan Jitter(int failures, TimeSpan longest)
    {
        var ceiling = First * Math.Pow(2, Math.Min(failures, 10));
        return (ceiling < longest ? ceiling : longest) * Random.Shared.NextDouble();
    }
}
