using AspireChat.LoadTest.Auditing.Recording;

namespace AspireChat.LoadTest.Auditing.Checking;

/// <summary>What is counted and not judged.</summary>
internal sealed class Tally
{
    private readonly HashSet<int> _clients = [];
    private readonly HashSet<string> _instances = [];
    private readonly SortedDictionary<string, long> _closes = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _errors = new(StringComparer.Ordinal);
    private RunBegan? _run;
    private long? _ended;

    public long Deliveries { get; set; }

    public void Begin(RunBegan run) => _run = run;

    public void End(long at) => _ended = at;

    public void Connect(Connected connected)
    {
        _clients.Add(connected.Client);
        _instances.Add(connected.Instance);
    }

    public void Disconnect(Disconnected disconnected)
    {
        if (!disconnected.Own)
            Count(_closes, $"{disconnected.Code ?? 1006}");
    }

    public void Refuse(string code) => Count(_errors, code);

    public Verdict Conclude(Findings findings, FaultTimes faults, SendLedger sends, IReadOnlyCollection<RoomLedger> rooms, IReadOnlyCollection<MemberLedger> members)
    {
        var absences = new Histogram();
        foreach (var member in members)
            absences.Add(member.Absences);

        foreach (var (code, count) in sends.Refusals)
            _errors[code] = _errors.GetValueOrDefault(code) + count;

        return new Verdict
        {
            Run = _run?.Run ?? "",
            Date = _run?.Date ?? default,
            IsComplete = _ended is not null,
            Seconds = (_ended ?? findings.Now) / 1e6,
            Clients = _clients.Count,
            Instances = [.. _instances.Order(StringComparer.Ordinal)],
            Rooms = rooms.Count,
            Epochs = rooms.Sum(room => room.Epochs),
            Faults = faults.Count,
            Sends = sends.Began,
            Acknowledged = sends.Count(SendOutcome.Ok),
            Failed = sends.Count(SendOutcome.Failed),
            Unknown = sends.Count(SendOutcome.Unknown) + sends.Count(SendOutcome.Pending),
            Retries = sends.Repeats,
            Deliveries = Deliveries,
            Unavailable = _errors.GetValueOrDefault("unavailable"),
            Recovered = members.Sum(member => member.Recovered),
            NotRecovered = members.Sum(member => member.NotRecovered),
            Resyncs = members.Sum(member => member.Resyncs),
            UnexcusedLosses = members.Sum(member => member.Unexcused),
            Expected = sends.Expected,
            Missed = sends.Missed,
            Surplus = sends.Surplus,
            Closes = _closes,
            Errors = _errors,
            AckTime = Percentiles.Of(sends.AckTimes),
            DeliveryTime = Percentiles.Of(sends.DeliveryTimes),
            AbsenceTime = Percentiles.Of(absences),
            ViolationCounts = findings.Counts,
            Violations = findings.Kept,
        };
    }

    private static void Count(SortedDictionary<string, long> counts, string key) => counts[key] = counts.GetValueOrDefault(key) + 1;
}
