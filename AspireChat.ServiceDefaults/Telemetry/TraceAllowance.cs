using Microsoft.Extensions.Configuration;

namespace Microsoft.Extensions.Hosting;

/// <summary>
/// How many traces may begin: all while they are few, and the first so many of each second when they are many. A demo shows each message, and full load
/// costs no more than the limit. A ratio would show nothing of a quiet room, or too much of a busy one.
/// </summary>
/// <remarks>Thread-safe. Lock-free: a race at the turn of a second may let one trace too many begin.</remarks>
public sealed class TraceAllowance(int tracesPerSecond, TimeProvider time)
{
    /// <summary>New traces kept a second by each process; 0 keeps none.</summary>
    private const string Setting = "Telemetry:TracesPerSecond";

    private const int Default = 100;

    private long _second = -1;
    private int _taken;

    /// <summary>Reads <c>Telemetry:TracesPerSecond</c>; by default 100.</summary>
    public TraceAllowance(IConfiguration? configuration, TimeProvider? time)
        : this(configuration?.GetValue(Setting, Default) ?? Default, time ?? TimeProvider.System)
    {
    }

    public bool TryTake()
    {
        var second = time.GetTimestamp() / time.TimestampFrequency;
        if (Volatile.Read(ref _second) != second)
        {
            Volatile.Write(ref _taken, 0);
            Volatile.Write(ref _second, second);
        }

        return Volatile.Read(ref _taken) < tracesPerSecond && Interlocked.Increment(ref _taken) <= tracesPerSecond;
    }
}
