using System.Diagnostics;
using AspireChat.LoadTest.Auditing;
using AspireChat.LoadTest.Auditing.Checking;
using AspireChat.LoadTest.Auditing.Clients;

namespace AspireChat.Tests.Faults;

/// <summary>
/// A test of a fault of reliability's table: real processes are broken while clients send, an independent checker records every raw frame that they get, and
/// judges the record. Numbers in the names are those of the table in <c>docs/reliability.md</c>.
/// </summary>
[Collection(nameof(FaultApp))]
public abstract class FaultTest(FaultApp shared)
{
    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected Task<RunningFaultApp> GetAppAsync() => shared.GetAsync();

    /// <summary>Waits until so many more sends were made.</summary>
    private protected static async Task SendMoreAsync(Audit audit, int count)
    {
        var sends = audit.Sends + count;
        await Eventually.Is($"{count} more sends were made", () => audit.Sends >= sends, within: TimeSpan.FromSeconds(60));
    }

    /// <summary>Waits until so many clients more have joined again.</summary>
    /// <returns>How long it took.</returns>
    private protected static async Task<TimeSpan> RejoinAsync(Audit audit, int joinsBefore, int clients)
    {
        var began = Stopwatch.GetTimestamp();
        await Eventually.Is($"{clients} clients have joined again", () => audit.Joins >= joinsBefore + clients && audit.IsJoined, within: TimeSpan.FromSeconds(60));
        return Stopwatch.GetElapsedTime(began);
    }

    private protected static AuditClient[] On(Audit audit, string instance) => [.. audit.Clients.Where(client => client.Instance == instance)];

    /// <summary>Nothing was lost, repeated or out of order, and nothing had to be announced as lost.</summary>
    private protected static async Task<Verdict> FinishCleanAsync(Audit audit)
    {
        var verdict = await audit.FinishAsync(Cancellation);
        verdict.AssertClean();
        Assert.Equal(verdict.Sends, verdict.Acknowledged);
        Tell(verdict);
        return verdict;
    }

    private protected static void Tell(Verdict verdict) => FaultRun.Note(FormattableString.Invariant(
        $"{verdict.Acknowledged} acknowledged, {verdict.Deliveries} live deliveries, {verdict.Recovered} resumed, {verdict.NotRecovered} not recovered, {verdict.Resyncs} resyncs, {verdict.Unavailable} unavailable, closes {string.Join(" ", verdict.Closes.Select(close => $"{close.Key}×{close.Value}"))}, ack at most {verdict.AckTime.Maximum / 1e3:0.0} s, absence at most {verdict.AbsenceTime.Maximum / 1e3:0.0} s"));
}
