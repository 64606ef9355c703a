namespace AspireChat.LoadTest.Load.Scenarios;

/// <summary>Many connections break at once, while messages go on, and come back: how long are they away, and do they miss anything?</summary>
/// <param name="Rate">Messages a second in all.</param>
/// <param name="Share">The share of the connections that break.</param>
/// <param name="Times">How many storms there are.</param>
internal sealed record Storm(double Rate, double Share, int Times) : IScenario
{
    public string Name => "storm";

    public async Task RunAsync(LoadRun run, CancellationToken stop)
    {
        LoadOptions.Require(Rate is > 0 and <= 1_000_000, "--rate", "must be more than 0, and 1,000,000 at most");
        LoadOptions.Require(Share is > 0 and <= 1, "--share", "must be more than 0, and 1 at most, which is all of them");
        LoadOptions.Require(Times is > 0 and <= 1000, "--storms", "must be 1 to 1,000");

        await run.OpenRoomsAsync(Rate, stop);
        await run.GrowAsync(run.Options.Connections, stop);
        await run.WarmUpAsync(Rate, stop);
        for (var storm = 1; storm <= Times && !stop.IsCancellationRequested; storm++)
            await run.StepAsync(new StepPlan { Name = $"storm {storm}", Rate = Rate, Duration = run.Options.Step, Drop = Share }, stop);
    }
}
