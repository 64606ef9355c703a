namespace AspireChat.Tests.Faults;

/// <summary>A new release under clients that send all the time: as <c>docs/operations.md</c> says, "Upgrade without loss".</summary>
public sealed class UpgradeTests(FaultApp shared) : FaultTest(shared)
{
    [Fact]
    public async Task Every_instance_is_replaced_one_by_one_beside_one_that_is_added_and_removed_again()
    {
        var app = await GetAppAsync();
        await using var audit = await app.AuditAsync();
        var before = await ProcessesAsync();
        await app.Chat.StartResourceAsync("chat-4");
        try
        {
            await app.Chat.WaitUntilHealthyAsync("chat-4");
            await app.Chat.WaitUntilRoutedToAsync(["chat-4"]);

            foreach (var instance in app.Chat.Instances)
            {
                await RemoveAsync(instance);
                await app.Chat.StartResourceAsync(instance);
                await app.Chat.WaitUntilHealthyAsync(instance);
                await app.Chat.WaitUntilRoutedToAsync();
                await SendMoreAsync(audit, 20);
            }

            Assert.NotEmpty(On(audit, "chat-4"));
        }
        finally
        {
            await RemoveAsync("chat-4");
        }

        await SendMoreAsync(audit, 50);
        Assert.Empty((await ProcessesAsync()).Intersect(before));
        var verdict = await FinishCleanAsync(audit);

        Assert.All(verdict.Closes, close => Assert.Equal("1001", close.Key));
        Assert.Equal(0, audit.Breaks);
        FaultRun.Within("a client was away for", TimeSpan.FromMilliseconds(verdict.AbsenceTime.Maximum), RunningFaultApp.DrainSeconds);

        // As an operator does: drain, see that nobody is left, stop.
        async Task RemoveAsync(string instance)
        {
            await app.Chat.RunCommandAsync(instance, "drain");
            await Eventually.Is($"nobody is left on {instance}", async () => await app.ConnectionsAsync(instance) == 0 && audit.IsJoined);
            await app.Chat.StopResourceAsync(instance);
        }

        async Task<int[]> ProcessesAsync() => await Task.WhenAll(app.Chat.Instances.Select(app.Chat.ProcessIdAsync));
    }
}
