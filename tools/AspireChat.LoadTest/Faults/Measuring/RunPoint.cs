namespace AspireChat.LoadTest.Faults.Measuring;

/// <summary>A second of a run.</summary>
/// <param name="At">Seconds since clients began to send.</param>
/// <param name="Sent">New sends a second, since the point before.</param>
/// <param name="Acknowledged">Acknowledgements a second.</param>
/// <param name="Delivered">Live deliveries a second.</param>
internal readonly record struct RunPoint(double At, double Sent, double Acknowledged, double Delivered);

/// <param name="At">Seconds since clients began to send.</param>
/// <param name="Megabytes">What the process held.</param>
internal readonly record struct MemoryPoint(double At, double Megabytes);

/// <summary>The memory of one process, from its start to its end.</summary>
internal sealed record ProcessMemory(string Name, int ProcessId, List<MemoryPoint> Points);
