using LocalAspire.Dashboard.Consoles;
using LocalAspire.Dashboard.Resources;

namespace AspireChat.Tests.Dashboard;

public sealed class ConsoleTests
{
    [Theory]
    [InlineData("plain", "plain|")]
    [InlineData("\u001b[32minfo\u001b[0m: up", "info|ansi-green; : up|")]
    [InlineData("\u001b[1;31mfail\u001b[22;39m!", "fail|ansi-bold ansi-red; !|")]
    [InlineData("\u001b[38;5;9mred\u001b[38;2;1;2;3mrgb", "red|ansi-bright-red; rgb|ansi-bright-red")]
    [InlineData("a\u001b]0;title\ab\u001b[2Kc", "a|; b|; c|")]
    [InlineData("cut off \u001b[3", "cut off |")]
    [InlineData("\u001b", "")]
    [InlineData("\u001b[99999999999999999999;1mbold", "bold|ansi-bold")]
    public void Colours_are_read_and_other_sequences_left_out(string line, string expected) =>
        Assert.Equal(expected, string.Join("; ", AnsiParser.Parse(line).Select(segment => $"{segment.Text}|{segment.Style.Classes}")));

    [Fact]
    public void The_host_s_time_is_taken_off_the_line()
    {
        var line = ConsoleLine.Parse("chat-1", 1, "2026-03-01T12:30:00.1234567Z hello  world", isError: false);

        Assert.Equal(new DateTimeOffset(2026, 3, 1, 12, 30, 0, TimeSpan.Zero).AddTicks(1234567), line.Time);
        Assert.Equal("hello  world", line.Text);
    }

    [Theory]
    [InlineData("no time here")]
    [InlineData("2026 is a year")]
    [InlineData("")]
    public void A_line_without_a_time_stays_whole(string text)
    {
        Assert.Equal((null, text), (ConsoleLine.Parse("chat-1", 1, text, isError: false).Time, ConsoleLine.Parse("chat-1", 1, text, isError: false).Text));
    }

    [Fact]
    public void A_buffer_keeps_the_newest_ten_thousand_lines()
    {
        var buffer = new ConsoleBuffer();

        buffer.Add(Enumerable.Range(1, 25_000).Select(number => new ConsoleLine("chat-1", number, null, "x", false)));

        Assert.Equal(25_000, buffer.Lines.Last().Number);
        Assert.InRange(buffer.LineCount, 9_900, 10_000);
    }
}
