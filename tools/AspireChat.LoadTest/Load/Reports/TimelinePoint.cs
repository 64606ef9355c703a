namespace AspireChat.LoadTest.Load.Reports;

/// <summary>A moment of a step.</summary>
/// <param name="At">Seconds since the run began.</param>
/// <param name="Sent">Messages a second, since the point before.</param>
/// <param name="Delivered">Deliveries a second.</param>
/// <param name="P50">Latency in ms of what came since the point before; null when nothing came.</param>
/// <param name="P99">The same.</param>
/// <param name="Connections">How many connections are at work.</param>
internal readonly record struct TimelinePoint(double At, double Sent, double Delivered, double? P50, double? P99, int Connections);
