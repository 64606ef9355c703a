using AspireChat.LoadTest.Auditing.Checking;
using AspireChat.LoadTest.Auditing.Recording;

namespace AspireChat.Tests.Auditing;

/// <summary>Histories that keep every promise, however bad they look: the checker passes them.</summary>
public class CleanHistoryTests
{
    [Fact]
    public void A_run_without_trouble_is_clean()
    {
        var history = new History();
        for (var i = 1; i <= 1000; i++)
            history.Say(i, i);

        var verdict = history.End();

        verdict.AssertClean();
        Assert.Equal((1000, 1000, 2000), (verdict.Sends, verdict.Acknowledged, verdict.Deliveries));
        Assert.EndsWith("CLEAN: every acknowledged message reached every client once, in one order for all.", verdict.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_acknowledgement_may_come_before_or_after_the_message()
    {
        new History().Send(1).See(0, 1, 1).See(1, 1, 1).Ack(1, 1).Say(2, 2).End().AssertClean();
    }

    [Fact]
    public void A_resume_that_brings_all_that_was_missed_is_clean()
    {
        var verdict = new History().Say(1, 1).Lose(1, 1001).Say(2, 2, 0).Say(3, 3, 0)
            .Resume(1, since: 1, recovered: true, position: 2, History.Message(2, 2)).See(1, 3, 3).Say(4, 4).End();

        verdict.AssertClean();
        Assert.Equal((1, 0), (verdict.Recovered, verdict.NotRecovered));
        Assert.Equal(1, verdict.Closes["1001"]);
        Assert.Equal(1, verdict.AbsenceTime.Count);
    }

    [Fact]
    public void Loss_that_a_resume_announces_keeps_the_promises_and_is_counted()
    {
        var verdict = new History().Say(1, 1).Lose(1).Say(2, 2, 0).Say(3, 3, 0)
            .Resume(1, since: 1, recovered: false, position: 3, History.Message(3, 3)).Say(4, 4).End();

        verdict.AssertPromises();
        Assert.Equal(1, verdict.NotRecovered);
        Assert.Contains("KEPT, with announced loss: 1 resumes not recovered, 0 resyncs.", Assert.Throws<AuditFailedException>(verdict.AssertClean).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_epoch_that_is_replaced_and_announced_to_all_keeps_the_promises_even_if_acknowledged_messages_are_gone()
    {
        var e2 = new StreamPosition("e2", 0);
        var verdict = new History().Say(1, 1).Send(2).Ack(2, 2).Resync(0, e2).Resync(1, e2)
            .Send(3).Ack(3, 1, "e2").See(0, 3, 1).See(1, 3, 1).End();

        verdict.AssertPromises();
        Assert.Equal(2, verdict.Resyncs);
    }

    [Fact]
    public void A_retry_may_put_a_message_that_one_epoch_lost_into_the_next()
    {
        var e2 = new StreamPosition("e2", 0);
        new History().Send(1).See(0, 1, 1).See(1, 1, 1).Resync(0, e2).Resync(1, e2)
            .Again(1).Ack(1, 1, "e2").See(0, 1, 1).See(1, 1, 1).End().AssertPromises();
    }

    [Fact]
    public void A_send_of_unknown_outcome_may_appear_once_or_not_at_all()
    {
        new History().Send(1).Abandon(1).Send(2).Abandon(2).See(0, 2, 1).See(1, 2, 1).End().AssertClean();
    }

    [Fact]
    public void A_refused_send_that_never_appears_is_clean()
    {
        var verdict = new History().Send(1).Refuse(1, "forbidden").End();

        verdict.AssertClean();
        Assert.Equal((1, 0), (verdict.Failed, verdict.Unknown));
    }

    [Fact]
    public void A_send_that_was_unavailable_at_first_is_counted_and_clean()
    {
        var verdict = new History().Send(1).Refuse(1, "unavailable").Again(1).Refuse(1, "unavailable").Again(1).Ack(1, 1).See(0, 1, 1).See(1, 1, 1).End();

        verdict.AssertClean();
        Assert.Equal((2, 2, 1), (verdict.Unavailable, verdict.Retries, verdict.Acknowledged));
    }

    [Fact]
    public void A_send_may_take_as_long_as_a_fault_lasts_and_ten_seconds_more()
    {
        new History().Send(1).Wait(5).Add(new FaultBegan("pause")).Wait(60).Add(new FaultEnded("pause")).Wait(9).Ack(1, 1).See(0, 1, 1).See(1, 1, 1).End().AssertClean();
    }

    [Fact]
    public void Faults_may_overlap()
    {
        new History().Add(new FaultBegan("a")).Send(1).Wait(20).Add(new FaultBegan("b")).Add(new FaultEnded("a")).Wait(20).Add(new FaultEnded("b")).Wait(9)
            .Ack(1, 1).See(0, 1, 1).See(1, 1, 1).End().AssertClean();
    }

    [Fact]
    public void Without_a_stream_misses_are_counted_and_break_no_promise()
    {
        var verdict = new History(mode: "local").Send(1).Ack(1, null).See(0, 1, null).Send(2).Ack(2, null).See(0, 2, null).See(1, 2, null).End();

        verdict.AssertPromises();
        Assert.Equal((4, 1), (verdict.Expected, verdict.Missed));
    }

    [Fact]
    public void A_switch_of_the_mode_and_back_is_an_announced_break()
    {
        var e2 = new StreamPosition("e2", 0);
        var verdict = new History().Say(1, 1)
            .Add(new ModeSeen(0, "pubsub")).Add(new ModeSeen(1, "pubsub")).Send(2).Ack(2, null).See(0, 2, null).See(1, 2, null)
            .Add(new ModeSeen(0, "stream")).Add(new ModeSeen(1, "stream")).Resync(0, e2).Resync(1, e2)
            .Send(3).Ack(3, 1, "e2").See(0, 3, 1).See(1, 3, 1).End();

        verdict.AssertPromises();
        Assert.Equal(0, verdict.Missed);
    }
}
