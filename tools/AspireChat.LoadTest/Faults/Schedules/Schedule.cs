using AspireChat.LoadTest.Faults.Kinds;

namespace AspireChat.LoadTest.Faults.Schedules;

/// <summary>Which faults come when: a function of the options alone, so that a run can be made again.</summary>
internal static class Schedule
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(2);

    /// <summary>Rounds of all faults, each round in another order, as far as they fit. The first always does.</summary>
    public static IReadOnlyList<ScheduledFault> Of(FaultRunOptions options)
    {
        var random = new Random(options.Seed);
        var faults = FaultCatalog.All.Where(fault => options.Only.Count == 0 || options.Only.Contains(fault.Number)).ToArray();
        var schedule = new List<ScheduledFault>();
        var at = First;
        while (true)
        {
            random.Shuffle(faults);
            var fits = false;
            foreach (var fault in faults)
            {
                var (draw, pause) = (random.Next(), ShortestPause + TimeSpan.FromMilliseconds(random.Next(4_000)));
                if (at + fault.Length(options) > options.Duration && schedule.Count > 0)
                    continue;

                schedule.Add(new ScheduledFault(at, fault, draw));
                // While faults may overlap, the next begins about in the middle of this one.
                at += (options.Overlap ? fault.Length(options) / 2 : fault.Length(options)) + pause;
                fits = true;
            }

            if (!fits || at > options.Duration)
                return schedule;
        }
    }
}
