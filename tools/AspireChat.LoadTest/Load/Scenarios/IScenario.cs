namespace AspireChat.LoadTest.Load.Scenarios;

/// <summary>What a run does with its connections.</summary>
internal interface IScenario
{
    string Name { get; }

    /// <summary>Puts its steps on the run, one after the other.</summary>
    Task RunAsync(LoadRun run, CancellationToken stop);
}
