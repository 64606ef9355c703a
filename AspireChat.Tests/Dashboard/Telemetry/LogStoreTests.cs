using LocalAspire.Dashboard.Filters;
using LocalAspire.Dashboard.Telemetry;
using LocalAspire.Dashboard.Telemetry.Logs;
using static AspireChat.Tests.Dashboard.Telemetry.TestSpans;

namespace AspireChat.Tests.Dashboard.Telemetry;

public sealed class LogStoreTests
{
    private readonly LogStore _store = new(new TelemetryLimits { MaxLogCount = 10 }, TimeProvider.System);

    [Fact]
    public void A_talkative_resource_does_not_push_out_the_words_of_a_quiet_one()
    {
        _store.Add([Entry(Chat2, "a word")]);
        for (var i = 0; i < 30; i++) _store.Add([Entry(Chat1, $"line {i}")]);

        Assert.Equal(10, _store.Read([Chat1]).Length);
        Assert.Equal("line 20", _store.Read([Chat1]).MinBy(entry => entry.Number)!.Message);
        Assert.Equal("a word", _store.Read([Chat2]).Single().Message);
    }

    [Fact]
    public void Errors_count_until_somebody_has_looked()
    {
        _store.Add([Entry(Chat1, "bad", LogSeverity.Error), Entry(Chat1, "worse", LogSeverity.Critical), Entry(Chat2, "fine"), Entry(Chat2, "bad", LogSeverity.Error)]);

        Assert.Equal(2, _store.ReadUnreadErrors()[Chat1]);

        _store.MarkErrorsRead([Chat1]);
        Assert.Equal(Chat2, _store.ReadUnreadErrors().Keys.Single());
    }

    [Fact]
    public void A_query_gives_the_newest_first_and_only_what_all_its_parts_let_through()
    {
        _store.Add(
        [
            Entry(Chat1, "Redis is slow", LogSeverity.Warning, time: 1, attributes: Attributes(("Node", "a"))),
            Entry(Chat1, "Redis is gone", LogSeverity.Error, time: 3, attributes: Attributes(("Node", "b"))),
            Entry(Chat2, "redis is back", LogSeverity.Warning, time: 2, attributes: Attributes(("Node", "b"))),
            Entry(Chat2, "redis is fine", LogSeverity.Information, time: 4),
        ]);

        var query = new LogQuery { Text = "REDIS", MinSeverity = LogSeverity.Warning, Filters = [new AttributeFilter("Node", FilterCondition.Is, "b")] };

        Assert.Equal(["Redis is gone", "redis is back"], query.Run(_store.Read()).Select(entry => entry.Message));
    }

    [Theory]
    [InlineData("Started {Instance} in {Time:0.0} s", "Started chat-1 in 12 s")]
    [InlineData("no holes", "no holes")]
    [InlineData("an {unknown} stays, and {Instance,10}", "an {unknown} stays, and chat-1")]
    [InlineData("open { brace", "open { brace")]
    public void A_template_is_filled_with_the_attributes_of_its_entry(string template, string message) =>
        Assert.Equal(message, LogMessage.Format(template, Attributes(("Instance", "chat-1"), ("Time", "12")), maxLength: 1000));

    [Fact]
    public void A_template_that_names_a_long_value_again_and_again_is_not_filled_without_end()
    {
        var template = string.Concat(Enumerable.Repeat("{a}", 5_000));

        var message = LogMessage.Format(template, Attributes(("a", new string('x', 10_000))), maxLength: 16_000);

        Assert.InRange(message.Length, 16_000, 16_000 + 10_000 + template.Length);
    }

    [Theory]
    [InlineData(0, LogSeverity.Unspecified)]
    [InlineData(1, LogSeverity.Trace)]
    [InlineData(9, LogSeverity.Information)]
    [InlineData(12, LogSeverity.Information)]
    [InlineData(24, LogSeverity.Critical)]
    [InlineData(int.MaxValue, LogSeverity.Unspecified)]
    public void Four_numbers_make_a_level(int number, LogSeverity severity) => Assert.Equal(severity, LogSeverities.FromNumber(number));

    private static LogEntry Entry(TelemetryResource resource, string message, LogSeverity severity = LogSeverity.Information, long time = 0, AttributeSet? attributes = null) => new()
    {
        Resource = resource,
        Scope = new InstrumentationScope("Tests", ""),
        Time = new Timestamp(time),
        Severity = severity,
        SeverityNumber = (int)severity,
        Body = AttributeValue.Text(message),
        Message = message,
        Attributes = attributes ?? AttributeSet.Empty,
    };
}
