using CsCheck;
using LocalAspire.Dashboard.Filters;
using LocalAspire.Dashboard.Telemetry;
using LocalAspire.Dashboard.Telemetry.Traces;
using static AspireChat.Tests.Dashboard.Telemetry.TestSpans;

namespace AspireChat.Tests.Dashboard;

public sealed class AttributeFilterTests
{
    [Fact]
    public void Whatever_key_and_value_a_filter_has_it_comes_back_from_the_address() =>
        Gen.Select(Gen.String.Where(text => !text.Any(char.IsSurrogate)), Gen.Enum<FilterCondition>(), Gen.String.Where(text => !text.Any(char.IsSurrogate)))
            .Sample((key, condition, value) => AttributeFilter.Parse(new AttributeFilter(key, condition, value).ToString()) == new AttributeFilter(key, condition, value));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("is|a")]
    [InlineData("nonsense|a|b")]
    [InlineData("7|a|b")]
    public void What_cannot_be_read_is_no_filter(string? text) => Assert.Null(AttributeFilter.Parse(text));

    [Fact]
    public void Filters_of_an_address_of_Aspires_dashboard_are_read_too() => Assert.Equal(
        [new AttributeFilter("messaging.message.id", FilterCondition.Is, "a:b"), new AttributeFilter("name", FilterCondition.ContainsNot, "GET")],
        AttributeFilter.ParseAspires("messaging.message.id:equals:a%3Ab+name:!contains:GET+name:gt:3+nonsense"));

    [Theory]
    [InlineData(FilterCondition.Is, "local", 1)]
    [InlineData(FilterCondition.IsNot, "local", 2)]
    [InlineData(FilterCondition.Contains, "stre", 1)]
    [InlineData(FilterCondition.ContainsNot, "stre", 2)]
    public void One_span_that_is_as_asked_suffices_and_what_must_not_be_must_be_so_of_all(FilterCondition condition, string value, int expected)
    {
        TraceSummary[] traces =
        [
            TraceSummary.Of(new TraceId(0, 1), new[] { Span(1, 1, attributes: Attributes(("mode", "local"))), Span(1, 2) }, 0),
            TraceSummary.Of(new TraceId(0, 2), new[] { Span(2, 1, attributes: Attributes(("mode", "stream"))), Span(2, 2) }, 0),
            TraceSummary.Of(new TraceId(0, 3), new[] { Span(3, 1) }, 0),
        ];

        Assert.Equal(expected, new TraceQuery { Filters = [new AttributeFilter("mode", condition, value)] }.Run(traces).Length);
    }
}
