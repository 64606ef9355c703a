using AspireChat.ChatServer.Backplane.Probe;
using Microsoft.Extensions.Time.Testing;

namespace AspireChat.Tests.Backplane.Probe;

public sealed class ProbeCountTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new();
    private readonly ProbeCount _count;

    public ProbeCountTests() => _count = new ProbeCount(_time);

    [Fact]
    public void Until_the_first_probe_is_heard_the_instance_is_not_ready()
    {
        Assert.Equal(ProbeVerdict.Wait, _count.Beat(lastHeard: 0));
        _count.Sent();
        Assert.False(_count.IsHeard);

        Assert.Equal(ProbeVerdict.Healed, BeatAfter(Second, heard: true));
        Assert.True(_count.IsHeard);
    }

    [Fact]
    public void Two_unheard_probes_make_it_deaf_and_a_heard_one_heals_it()
    {
        Hear();

        Assert.Equal(ProbeVerdict.Wait, BeatAfter(Second, heard: false));
        Assert.True(_count.IsHeard);
        Assert.Equal(ProbeVerdict.Rebuild, BeatAfter(Second, heard: false));
        Assert.False(_count.IsHeard);
        Assert.Equal(ProbeVerdict.Healed, BeatAfter(Second, heard: true));
        Assert.True(_count.IsHeard);
    }

    [Fact]
    public void While_it_stays_deaf_the_connection_is_rebuilt_now_and_then()
    {
        Hear();

        var verdicts = Enumerable.Range(0, 12).Select(_ => BeatAfter(Second, heard: false)).ToArray();

        Assert.Equal([1, 6, 11], verdicts.Index().Where(verdict => verdict.Item == ProbeVerdict.Rebuild).Select(verdict => verdict.Index));
    }

    [Fact]
    public void A_probe_whose_own_timer_was_half_a_second_late_does_not_count()
    {
        Hear();

        for (var i = 0; i < 5; i++)
            Assert.Equal(ProbeVerdict.Wait, BeatAfter(Second * 1.6, heard: false));

        Assert.True(_count.IsHeard);
    }

    private void Hear()
    {
        _count.Beat(lastHeard: 0);
        _count.Sent();
        BeatAfter(Second, heard: true);
    }

    private ProbeVerdict BeatAfter(TimeSpan time, bool heard)
    {
        _time.Advance(time);
        var verdict = _count.Beat(heard ? _time.GetTimestamp() : 0);
        _count.Sent();
        return verdict;
    }
}
