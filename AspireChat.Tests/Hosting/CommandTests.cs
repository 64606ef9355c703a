using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace AspireChat.Tests.Hosting;

public sealed class CommandTests
{
    [Fact]
    public async Task A_command_of_the_app_runs_with_the_resources_name()
    {
        ExecuteCommandContext? seen = null;
        await using var app = await HostedApp.StartAsync(builder => builder.AddShell("chat").WithCommand("drain", "Drain", context =>
        {
            seen = context;
            return Task.FromResult(CommandResults.Success());
        }));

        Assert.True((await app.RunAsync("chat", "drain")).Success);

        Assert.Equal("chat", seen?.ResourceName);
        Assert.NotNull(seen?.ServiceProvider);
    }

    [Fact]
    public async Task A_command_that_fails_or_throws_tells_why_and_notes_it_in_the_log()
    {
        await using var app = await HostedApp.StartAsync(builder => builder.AddShell("chat")
            .WithCommand("refuse", "Refuse", _ => Task.FromResult(CommandResults.Failure("Not today.")))
            .WithCommand("throw", "Throw", _ => throw new InvalidOperationException("Broken."))
            .WithCommand("give-up", "Give up", _ => Task.FromResult(CommandResults.Canceled())));

        Assert.Equal("Not today.", (await app.RunAsync("chat", "refuse")).ErrorMessage);
        Assert.Equal("Broken.", (await app.RunAsync("chat", "throw")).ErrorMessage);
        Assert.True((await app.RunAsync("chat", "give-up")).Canceled);

        Assert.Contains("The command 'refuse' failed: Not today.", app.LogOf("chat"));
        Assert.Contains("The command 'throw' failed.", app.LogOf("chat"));
    }

    [Fact]
    public async Task A_resource_shows_which_commands_can_be_run_now()
    {
        await using var app = await HostedApp.StartAsync(builder => builder.AddShell("chat").WithExplicitStart().WithCommand(
            "drain",
            "Drain",
            _ => Task.FromResult(CommandResults.Success()),
            new CommandOptions
            {
                Description = "Move its connections.",
                ConfirmationMessage = "Drain it?",
                IconName = "ArrowExit",
                IsHighlighted = true,
                UpdateState = context => context.ResourceSnapshot.State?.Text == KnownResourceStates.Running ? ResourceCommandState.Enabled : ResourceCommandState.Disabled,
            }));

        var stopped = await app.UntilAsync("chat", KnownResourceStates.NotStarted);
        await app.RunAsync("chat", "start");
        var running = await app.UntilAsync("chat", KnownResourceStates.Running);

        Assert.Equal(("Enabled", "Hidden", "Disabled", "Disabled"), States(stopped));
        Assert.Equal(("Hidden", "Enabled", "Enabled", "Enabled"), States(running));
        var drain = running.Snapshot.Commands.Single(command => command.Name == "drain");
        Assert.Equal(("Drain", "Move its connections.", "Drain it?", "ArrowExit", true), (drain.DisplayName, drain.DisplayDescription, drain.ConfirmationMessage, drain.IconName, drain.IsHighlighted));
    }

    private static (string Start, string Stop, string Restart, string Drain) States(ResourceEvent change)
    {
        return (Of("start"), Of("stop"), Of("restart"), Of("drain"));

        string Of(string name) => change.Snapshot.Commands.Single(command => command.Name == name).State.ToString();
    }
}
