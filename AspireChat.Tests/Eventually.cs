using System.Diagnostics;

namespace AspireChat.Tests;

/// <summary>Waits for what other processes do in their own time: polls until a condition holds, and names the reason when it never does.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan DefaultWithin = TimeSpan.FromSeconds(30);

    public static Task Is(string reason, Func<bool> condition, TimeSpan? within = null) =>
        Is(reason, () => Task.FromResult(condition()), within);

    public static async Task Is(string reason, Func<Task<bool>> condition, TimeSpan? within = null)
    {
        var limit = within ?? DefaultWithin;
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > limit)
            {
                throw new TimeoutException($"Waited {limit.TotalSeconds:0.#} s in vain until {reason}.");
            }

            await Task.Delay(Interval, TestContext.Current.CancellationToken);
        }
    }
}
