namespace AspireChat.LoadTest.Load.Scenarios;

/// <summary>How many publishers serve how many rooms, so that none of them sends more than one connection may.</summary>
/// <param name="Publishers">How many there are.</param>
/// <param name="PerRoom">How many publish in each room.</param>
internal readonly record struct PublisherPlan(int Publishers, int PerRoom)
{
    /// <summary>Part of the limit that is used: ticks of timers come in bunches.</summary>
    private const double Share = 0.8;
    private const int Most = 10_000;

    /// <param name="rooms">How many rooms.</param>
    /// <param name="rate">Messages a second in all.</param>
    /// <param name="limit">What one publisher may send in a second; 0 for no limit.</param>
    /// <param name="least">Fewer would not reach every instance.</param>
    public static PublisherPlan For(int rooms, double rate, double limit, int least)
    {
        var plan = Of(least, rooms);
        while (limit > 0 && plan.RateOfBusiest(rooms, rate) > limit * Share)
        {
            if (plan.Publishers >= Most)
                throw new LoadException($"{rate:0.#} messages a second would take more than {Most} publishers, for the server takes {limit} a second of each. Raise Chat__Limits__SendsPerSecond, or publish with --api-key.");

            plan = Of(plan.Publishers + 1, rooms);
        }

        return plan;
    }

    /// <summary>So many publishers, or a few more where each room would not get as many of them.</summary>
    public static PublisherPlan Of(int publishers, int rooms) =>
        publishers <= rooms ? new(publishers, 1) : new((publishers + rooms - 1) / rooms * rooms, (publishers + rooms - 1) / rooms);

    /// <summary>The publisher of a room's slot.</summary>
    public int PublisherOf(int room, int slot, int rooms) => PerRoom == 1 ? room % Publishers : slot * rooms + room;

    public double RateOfBusiest(int rooms, double rate) =>
        Publishers <= rooms ? rate / rooms * ((rooms + Publishers - 1) / Publishers) : rate / Publishers;
}
