using System.Diagnostics;

namespace AspireChat.Tests.Fuzzing;

/// <summary>Sees that an input costs no more than its length allows: that is how a few bytes of a stranger would take a server down.</summary>
internal static class Cost
{
    /// <summary>Far over what is needed, for a machine that is busy with other tests; an input that takes more than linear time passes it by orders of magnitude.</summary>
    private static readonly TimeSpan FixedTime = TimeSpan.FromMilliseconds(250);
    private const double MicrosecondsPerByte = 4;

    /// <summary>The first time something is compiled or set up once for all, and any time the machine may be busy elsewhere.</summary>
    private const int Tries = 8;

    public static string Measure(FuzzTarget target, byte[] input)
    {
        var (fixedBytes, perByte) = target.Allocation;
        var allowedBytes = fixedBytes + ((long)perByte * input.Length);
        var allowedTime = FixedTime + TimeSpan.FromMicroseconds(MicrosecondsPerByte * input.Length);
        for (var i = 1; ; i++)
        {
            var started = Stopwatch.GetTimestamp();
            var before = GC.GetAllocatedBytesForCurrentThread();
            var outcome = target.Check(input);
            var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            var time = Stopwatch.GetElapsedTime(started);
            if (bytes <= allowedBytes && time <= allowedTime)
            {
                return outcome;
            }

            if (i == Tries)
            {
                throw new FuzzException($"{input.Length} bytes cost {bytes} bytes of memory and {time.TotalMilliseconds:0} ms; allowed are {allowedBytes} and {allowedTime.TotalMilliseconds:0} ms.");
            }
        }
    }
}
