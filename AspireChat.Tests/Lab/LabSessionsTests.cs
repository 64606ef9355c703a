using AspireChat.Gateway.Lab;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace AspireChat.Tests.Lab;

public sealed class LabSessionsTests
{
    private const string Code = "0123456789abcdef";

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void The_code_opens_one_session_and_is_spent()
    {
        var sessions = Sessions();

        var secret = sessions.Open(Code);

        Assert.NotNull(secret);
        Assert.True(sessions.IsOpen(secret));
        Assert.Null(sessions.Open(Code));
    }

    [Fact]
    public void A_wrong_code_opens_nothing_and_spends_nothing()
    {
        var sessions = Sessions();

        Assert.Null(sessions.Open("0123456789abcdee"));
        Assert.Null(sessions.Open(""));
        Assert.NotNull(sessions.Open(Code));
    }

    [Fact]
    public void The_code_is_good_for_ten_minutes()
    {
        var sessions = Sessions();
        _time.Advance(TimeSpan.FromMinutes(10));

        Assert.Null(sessions.Open(Code));
    }

    [Fact]
    public void A_session_ends_after_twelve_hours()
    {
        var sessions = Sessions();
        var secret = sessions.Open(Code);
        _time.Advance(TimeSpan.FromHours(12) - TimeSpan.FromSeconds(1));
        Assert.True(sessions.IsOpen(secret));

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.False(sessions.IsOpen(secret));
    }

    [Fact]
    public void Only_a_secret_that_was_given_out_is_a_session()
    {
        var sessions = Sessions();
        sessions.Open(Code);

        Assert.False(sessions.IsOpen(null));
        Assert.False(sessions.IsOpen(""));
        Assert.False(sessions.IsOpen(Code));
        Assert.False(sessions.IsOpen(new string('0', 64)));
    }

    [Fact]
    public void Callers_that_present_the_code_at_once_get_one_session_between_them()
    {
        var sessions = Sessions();
        var opened = 0;

        Parallel.For(0, 64, _ =>
        {
            if (sessions.Open(Code) is not null) Interlocked.Increment(ref opened);
        });

        Assert.Equal(1, opened);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Without_a_code_there_is_nothing_to_open(string? code)
    {
        var sessions = Sessions(code);

        Assert.False(sessions.HasCode);
        Assert.Null(sessions.Open(""));
    }

    private LabSessions Sessions(string? code = Code) =>
        new(Options.Create(new LabOptions { Code = code, AdminKey = "key" }), _time);
}
