using AspireChat.ScaleModel;
using AspireChat.ScaleModel.Costs;
using AspireChat.ScaleModel.Planning;
using CsCheck;

namespace AspireChat.Tests.Scale;

public sealed class PlannerTests
{
    private static readonly Machines Machines = new();

    private static readonly Gen<Workload> Workloads =
        from connections in Gen.Double[1, 7].Select(exponent => Math.Floor(Math.Pow(10, exponent)))
        from members in Gen.Double[0, 4].Select(exponent => Math.Floor(Math.Pow(10, exponent)))
        from rate in Gen.Double[-4, 1].Select(exponent => Math.Pow(10, exponent))
        from text in Gen.Int[1, 4_000]
        from mode in Gen.Enum<Mode>()
        from transport in Gen.Enum<Transport>()
        select new Workload
        {
            Connections = connections,
            Rooms = Math.Max(1, Math.Floor(connections / members)),
            Rate = rate,
            TextBytes = text,
            Mode = mode,
            Transport = transport,
        };

    [Fact]
    public void More_of_anything_never_takes_less() => Workloads.Sample(workload =>
    {
        var plan = Planner.Recorded.Of(workload, Machines);
        AssertNoLess(plan, Planner.Recorded.Of(workload with { Rate = workload.Rate * 3 }, Machines));
        AssertNoLess(plan, Planner.Recorded.Of(workload with { Connections = workload.Connections * 3, Rooms = workload.Rooms * 3 }, Machines));
        AssertNoLess(plan, Planner.Recorded.Of(workload with { TextBytes = workload.TextBytes * 3 }, Machines));
        AssertNoLess(Planner.Recorded.Of(workload, Machines with { Cores = 16, MemoryGiB = 64, RedisMemoryGiB = 256 }), plan);
    }, iter: 100);

    [Fact]
    public void Every_figure_is_a_number_and_what_is_planned_fits_and_one_less_does_not() => Workloads.Sample(workload =>
    {
        var plan = Planner.Recorded.Of(workload, Machines);
        Assert.All(plan.Tiers.SelectMany(tier => tier.Uses), use => Assert.True(double.IsFinite(use.Share) && use.Amount >= 0, $"{use}"));
        Assert.True(double.IsFinite(plan.RedisBytesOut) && double.IsFinite(plan.ClientBytesOut) && double.IsFinite(plan.Interested) && double.IsFinite(plan.Recovery?.Seconds ?? 0));
        if (plan.Instances.Count is not { } count)
            return;

        var working = count - Machines.Spare;
        Assert.All(Planner.Recorded.InstanceUses(workload, Machines, working), use => Assert.True(use.Fits, $"{use}"));
        if (working > 1)
            Assert.Contains(Planner.Recorded.InstanceUses(workload, Machines, working - 1), use => !use.Fits);
    }, iter: 100);

    [Fact]
    public void A_room_of_m_members_is_on_so_many_instances()
    {
        Assert.Equal(1, Interest.Of(instances: 1, members: 50));
        Assert.Equal(1, Interest.Of(instances: 10, members: 1), precision: 9);
        Assert.Equal(3.439, Interest.Of(instances: 10, members: 4), precision: 3);
        Assert.Equal(10, Interest.Of(instances: 10, members: 10_000), precision: 6);
    }

    [Fact]
    public void A_connection_that_says_nothing_is_limited_by_what_it_holds()
    {
        var plan = Planner.Recorded.Of(new Workload { Connections = 1e6, Rooms = 50_000, Rate = 0 }, Machines);

        Assert.Equal("memory", plan.Instances.First.Of);
        Assert.Equal(0, plan.ClientBytesOut);
    }

    [Fact]
    public void A_busy_crowd_is_limited_by_what_instances_can_write() =>
        Assert.Equal("CPU", Planner.Recorded.Of(new Workload { Connections = 1e5, Rooms = 5_000, Rate = 10 }, Machines).Instances.First.Of);

    [Fact]
    public void Long_histories_are_the_first_limit_of_Redis() =>
        Assert.Equal("memory", Planner.Recorded.Of(new Workload { Connections = 1e6, Rooms = 50_000, Rate = 0.01 }, Machines).Shards.First.Of);

    [Fact]
    public void One_gateway_runs_out_of_ports_to_one_instance()
    {
        var uses = Planner.Recorded.GatewayUses(new Workload { Connections = 60_000, Rooms = 3_000 }, Machines with { MemoryGiB = 1_000 }, count: 1, instances: 2);

        Assert.False(uses.Single(use => use.Of == "ports").Fits);
    }

    [Fact]
    public void Where_each_instance_must_hear_too_much_no_number_is_enough()
    {
        // Each instance hears all that is said to a room that has members everywhere.
        var plan = Planner.Recorded.Of(new Workload { Connections = 1e6, Rooms = 1, Rate = 1e6 }, Machines);

        Assert.Null(plan.Instances.Count);
        Assert.False(plan.IsPossible);
    }

    private static void AssertNoLess(Plan less, Plan more)
    {
        // Gateways that are short of ports have more of them when there are more instances.
        foreach (var (one, other) in less.Tiers.Zip(more.Tiers).Where(tiers => tiers.First.First.Of != "ports"))
            Assert.True((one.Count ?? int.MaxValue) <= (other.Count ?? int.MaxValue), $"{one.Kind}: {one.Count} for {less.Workload}, {other.Count} for {more.Workload}");
    }
}
