using Aspire.Hosting.ApplicationModel;
using LocalAspire.Reporting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace AspireChat.Tests.Hosting;

public sealed class LogTests
{
    private readonly ResourceLog _log = new(new FakeTimeProvider(new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.Zero)));

    [Fact]
    public async Task A_line_carries_its_number_its_time_and_where_it_came_from()
    {
        _log.Append("hello", isError: false);
        _log.Append("", isError: true);

        Assert.Equal(
            [new LogLine(1, "2026-02-03T04:05:06.0000000Z hello", false), new LogLine(2, "2026-02-03T04:05:06.0000000Z ", true)],
            await FirstBatchAsync());
    }

    [Fact]
    public async Task The_last_ten_thousand_lines_are_kept()
    {
        for (var number = 1; number <= 10_005; number++)
            _log.Append($"{number}", isError: false);

        var kept = await FirstBatchAsync();

        Assert.Equal((10_000, 6, 10_005), (kept.Count, kept[0].LineNumber, kept[^1].LineNumber));
        Assert.Equal(["10004", "10005"], _log.Tail(2).Select(ResourceLog.TextOf));
    }

    [Fact]
    public async Task Whoever_watches_gets_what_is_there_and_then_what_comes()
    {
        _log.Append("before", isError: false);
        await using var watch = _log.WatchAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);

        Assert.True(await watch.MoveNextAsync());
        Assert.EndsWith("before", Assert.Single(watch.Current).Content);
        var next = watch.MoveNextAsync();
        _log.Append("after", isError: false);
        Assert.True(await next);
        Assert.EndsWith("after", Assert.Single(watch.Current).Content);
    }

    [Fact]
    public void The_host_writes_into_it_like_into_any_log()
    {
        ILogger logger = _log;

        logger.LogDebug("not this");
        logger.LogInformation("this");
        logger.LogError(new InvalidOperationException("broken"), "and this");

        Assert.Equal(["this", "and this", "System.InvalidOperationException: broken"], _log.Tail(10).Select(ResourceLog.TextOf));
    }

    private async Task<IReadOnlyList<LogLine>> FirstBatchAsync()
    {
        await foreach (var batch in _log.WatchAsync(TestContext.Current.CancellationToken))
            return batch;
        return [];
    }
}
