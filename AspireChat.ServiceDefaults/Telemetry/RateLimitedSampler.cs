using OpenTelemetry.Trace;

namespace Microsoft.Extensions.Hosting;

/// <summary>
/// Keeps every trace while few begin, and the first so many of each second when many do: a demo shows each message, and full load costs no more than
/// the limit. A ratio would show nothing of a quiet room, or too much of a busy one.
/// </summary>
/// <remarks>Thread-safe. Lock-free: a race at the turn of a second may keep one trace too many.</remarks>
internal sealed class RateLimitedSampler(int tracesPerSecond, TimeProvider time) : Sampler
{
    private long _second = -1;
    private int _kept;

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        var second = time.GetTimestamp() / time.TimestampFrequency;
        if (Volatile.Read(ref _second) != second)
        {
            Volatile.Write(ref _kept, 0);
            Volatile.Write(ref _second, second);
        }

        var keep = Volatile.Read(ref _kept) < tracesPerSecond && Interlocked.Increment(ref _kept) <= tracesPerSecond;
        return new SamplingResult(keep ? SamplingDecision.RecordAndSample : SamplingDecision.Drop);
    }
}
