namespace AspireChat.LoadTest.Load.Scenarios;

/// <summary>Connections that do nothing, more and more of them: are they served, do they stay, and does each still get a message at the end?</summary>
/// <param name="Connections">How many there are in each step.</param>
internal sealed record Idle(IReadOnlyList<int> Connections) : IScenario
{
    /// <summary>Slow enough to be no load.</summary>
    private const double MostCheckRate = 200;

    public string Name => "idle";

    public async Task RunAsync(LoadRun run, CancellationToken stop)
    {
        LoadOptions.Require(
            Connections.Count > 0 && Connections.Zip(Connections.Skip(1), (former, next) => former < next).All(grows => grows) && Connections[0] >= run.Options.Rooms,
            "--connections",
            "needs growing numbers, none below that of rooms, such as 100,1000,5000");

        var checkRate = Math.Min(run.Options.Rooms, MostCheckRate);
        await run.OpenRoomsAsync(checkRate, stop);
        foreach (var count in Connections)
        {
            await run.GrowAsync(count, stop);
            await run.StepAsync(new StepPlan { Name = FormattableString.Invariant($"{count:#,0} idle"), Duration = run.Options.Step, GoesOn = true }, stop);
            if (stop.IsCancellationRequested)
                return;

            var check = TimeSpan.FromSeconds(run.Options.Rooms / checkRate);
            var step = await run.StepAsync(new StepPlan { Name = FormattableString.Invariant($"{count:#,0}: a message to each"), Rate = checkRate, Duration = check, IsCheck = true }, stop);
            if (!step.Held || stop.IsCancellationRequested)
                return;

            run.Forget();
        }
    }
}
