using AspireChat.ChatServer.Backplane.Canary;

namespace AspireChat.Tests.Backplane.Canary;

public sealed class CanaryCountTests
{
    private readonly CanaryCount _count = new();

    [Fact]
    public void One_unheard_interval_has_the_subscriptions_made_anew_and_two_make_the_instance_unready()
    {
        Assert.Equal(CanaryVerdict.Rebuild, _count.Judge(own: false, others: null, alone: true));
        Assert.Null(_count.Trouble);

        Assert.Equal(CanaryVerdict.Wait, _count.Judge(own: false, others: null, alone: true));
        Assert.NotNull(_count.Trouble);
        Assert.Equal(CanaryVerdict.Rebuild, _count.Judge(own: false, others: null, alone: true));

        Assert.Equal(CanaryVerdict.Healed, _count.Judge(own: true, others: null, alone: true));
        Assert.Null(_count.Trouble);
    }

    [Fact]
    public void Who_hears_itself_and_none_of_the_others_is_deaf_too()
    {
        _count.Judge(own: true, others: false, alone: false);
        _count.Judge(own: true, others: false, alone: false);

        Assert.Contains("none of the other instances", _count.Trouble);
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData(null, true, false)]
    [InlineData(true, null, false)]
    public void What_proves_nothing_changes_nothing(bool? own, bool? others, bool alone)
    {
        _count.Judge(own, others, alone);
        Assert.Null(_count.Trouble);

        _count.Judge(own: false, others: null, alone);
        _count.Judge(own, others, alone);
        _count.Judge(own: false, others: null, alone);
        Assert.NotNull(_count.Trouble);

        _count.Judge(own, others, alone);
        Assert.NotNull(_count.Trouble);
    }
}
