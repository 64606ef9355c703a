namespace AspireChat.ScaleModel.Simulation;

/// <summary>
/// Members put on instances, and rooms on shards, by chance, where some rooms are much busier than others: what the averages of the closed form do not show.
/// The same seed gives the same placement.
/// </summary>
internal sealed record Placement
{
    private const double MostMemberships = 5e7;

    /// <summary>Messages a second that an instance hears.</summary>
    public required Spread Heard { get; init; }

    /// <summary>Deliveries a second of an instance.</summary>
    public required Spread Deliveries { get; init; }

    /// <summary>Messages a second of a shard.</summary>
    public required Spread Messages { get; init; }

    /// <summary>Messages a second of the busiest room.</summary>
    public required double BusiestRoom { get; init; }

    /// <summary>Instances on which a room has members, on average.</summary>
    public required double Interested { get; init; }

    /// <param name="workload">Its rate is the average of all rooms.</param>
    /// <param name="instances">How many.</param>
    /// <param name="shards">How many.</param>
    /// <param name="skew">The exponent of Zipf's law: the n-th busiest room has 1/n^skew of what the busiest has. 0: all alike.</param>
    /// <param name="seed">Decides what falls where.</param>
    public static Placement Of(Workload workload, int instances, int shards, double skew, int seed)
    {
        workload.Validated();
        ScaleException.Require(skew is >= 0 and <= 3, "skew", "must be 0 to 3");
        ScaleException.Require(workload.Rooms * workload.Members <= MostMemberships, "connections", "are too many to simulate: 50,000,000 members of rooms at most");
        var random = new Random(seed);
        var (rooms, members) = ((int)workload.Rooms, (int)Math.Round(workload.Members));
        var whole = Enumerable.Range(1, rooms).Sum(rank => Math.Pow(rank, -skew));
        double[] heard = new double[instances], deliveries = new double[instances], messages = new double[shards];
        // Which room an instance was last met in: no set to be cleared for each room.
        var lastRoom = new int[instances];
        long interested = 0;
        for (var room = 1; room <= rooms; room++)
        {
            var rate = workload.Messages * Math.Pow(room, -skew) / whole;
            messages[random.Next(shards)] += rate;
            for (var member = 0; member < members; member++)
            {
                var instance = random.Next(instances);
                deliveries[instance] += rate;
                if (lastRoom[instance] == room)
                    continue;

                lastRoom[instance] = room;
                heard[instance] += rate;
                interested++;
            }
        }

        return new Placement
        {
            Heard = Spread.Of(heard),
            Deliveries = Spread.Of(deliveries),
            Messages = Spread.Of(messages),
            BusiestRoom = workload.Messages / whole,
            Interested = (double)interested / rooms,
        };
    }
}
