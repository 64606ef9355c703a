namespace AspireChat.LoadTest.Faults.Kinds;

/// <summary>All faults, by number.</summary>
internal static class FaultCatalog
{
    public static IReadOnlyList<IFault> All { get; } =
    [
        new InstanceKilled(), new InstanceDrained(), new RedisRestarted(), new RedisForgets(), new RedisFailsOver(), new InstanceCutOff(), new SubscribersKilled(),
        new TinyBuffers(), new ClientStuck(), new RedisStandsStill(), new ClocksApart(), new GatewayRestarted(), new ReconnectStorm(), new SendRepeated(),
        new ClientAway(), new ConnectionIdle(), new InstanceAdded(),
    ];

    public static IFault? Find(int number) => All.SingleOrDefault(fault => fault.Number == number);
}
