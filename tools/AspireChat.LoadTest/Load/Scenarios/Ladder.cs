namespace AspireChat.LoadTest.Load.Scenarios;

/// <summary>Higher and higher rates on the same connections: <c>fan-out</c> with one room, <c>rooms</c> with many.</summary>
/// <param name="Name">The scenario's name.</param>
/// <param name="Rates">Messages a second in all, one for each step.</param>
/// <param name="KeepGoing">Go on after a step that did not hold.</param>
internal sealed record Ladder(string Name, IReadOnlyList<double> Rates, bool KeepGoing) : IScenario
{
    public async Task RunAsync(LoadRun run, CancellationToken stop)
    {
        LoadOptions.Require(Rates.Count > 0 && Rates.All(rate => rate is > 0 and <= 1_000_000), "--rates", "needs rates of more than 0 and 1,000,000 at most, such as 10,50,100");
        await run.OpenRoomsAsync(Rates.Max(), stop);
        await run.GrowAsync(run.Options.Connections, stop);
        await run.WarmUpAsync(Rates[0], stop);
        foreach (var rate in Rates)
        {
            if (stop.IsCancellationRequested)
                return;

            var step = await run.StepAsync(new StepPlan { Name = FormattableString.Invariant($"{rate:0.###} msg/s"), Rate = rate, Duration = run.Options.Step }, stop);
            if (!step.Held && !KeepGoing)
                return;
        }
    }
}
