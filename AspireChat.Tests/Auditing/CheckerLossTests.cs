using AspireChat.LoadTest.Auditing.Checking;
using AspireChat.LoadTest.Auditing.Recording;

namespace AspireChat.Tests.Auditing;

/// <summary>Histories in which a client was left without a message, or in another stream, and nothing told it.</summary>
public class CheckerLossTests
{
    [Fact]
    public void An_acknowledged_message_that_a_client_jumped_over_is_lost()
    {
        var verdict = new History().Say(1, 1).Send(2).Ack(2, 2).See(0, 2, 2).Say(3, 3).End();

        verdict.Expect(ViolationKind.Lost, "In room 'room' client 1 never got offset 2 of epoch 'e1', send 2 (acknowledged), and nothing told it.");
    }

    [Fact]
    public void An_acknowledged_message_that_a_client_has_not_got_at_the_end_is_lost()
    {
        var verdict = new History().Say(1, 1).Say(2, 2, 0).End();

        verdict.Expect(ViolationKind.Lost, "In room 'room' client 1 never got offset 2 of epoch 'e1', send 2 (acknowledged), and nothing told it.");
    }

    [Fact]
    public void An_acknowledged_message_that_nobody_got_is_lost_to_all()
    {
        var verdict = new History().Send(1).Ack(1, 1).End();

        Assert.Equal(2, verdict.Count(ViolationKind.Lost));
    }

    [Fact]
    public void A_message_whose_outcome_is_unknown_reaches_all_or_nobody()
    {
        var verdict = new History().Send(1).Abandon(1).See(0, 1, 1).End();

        verdict.Expect(ViolationKind.Lost, "In room 'room' client 1 never got offset 1 of epoch 'e1', send 1 (its outcome unknown), and nothing told it.");
    }

    [Fact]
    public void A_message_left_out_of_a_resume_is_lost()
    {
        var verdict = new History().Say(1, 1).Lose(1).Say(2, 2, 0).Say(3, 3, 0)
            .Resume(1, since: 1, recovered: true, position: 3, History.Message(3, 3)).End();

        verdict.Expect(ViolationKind.Lost, "In room 'room' client 1 never got offset 2 of epoch 'e1', send 2 (acknowledged), and nothing told it.");
    }

    [Fact]
    public void A_loss_that_is_announced_is_excused_by_a_fault_that_may_cost_messages_until_all_is_well_again()
    {
        var history = new History().Say(1, 1).Add(new FaultBegan("Redis forgets", MayLose: true)).Add(new FaultEnded("Redis forgets"))
            .Resync(0, new StreamPosition("e2", 0)).Resync(1, new StreamPosition("e2", 0)).Add(new WellAgain("Redis forgets"));

        Assert.Equal((2, 0), (history.Conclude().Resyncs, history.Conclude().UnexcusedLosses));

        var verdict = history.Resync(0, new StreamPosition("e3", 0)).Resync(1, new StreamPosition("e3", 0)).End();
        Assert.Equal((4, 2, false, true), (verdict.Resyncs, verdict.UnexcusedLosses, verdict.IsClean, verdict.HoldsPromises));
    }

    [Fact]
    public void Another_fault_excuses_no_loss()
    {
        var verdict = new History().Say(1, 1).Add(new FaultBegan("kill -9")).Resync(0, new StreamPosition("e2", 0)).Resync(1, new StreamPosition("e2", 0)).End();

        Assert.Equal((2, false), (verdict.UnexcusedLosses, verdict.IsClean));
    }

    [Fact]
    public void An_epoch_that_changes_while_a_client_is_not_told_is_silent()
    {
        var verdict = new History().Say(1, 1).Resync(0, new StreamPosition("e2", 0))
            .Send(2).Ack(2, 1, "e2").See(0, 2, 1).End();

        verdict.Expect(ViolationKind.SilentEpochChange, "At the end client 1 still held epoch 'e1' of room 'room', which had gone on in 'e2'; nothing had told it.");
    }

    [Fact]
    public void An_epoch_that_only_acknowledgements_tell_of_is_silent()
    {
        var verdict = new History().Say(1, 1).Send(2).Ack(2, 1, "e2").End();

        Assert.Equal(2, verdict.Count(ViolationKind.SilentEpochChange));
    }

    [Fact]
    public void A_resume_into_another_epoch_that_claims_to_have_recovered_is_silent()
    {
        var verdict = new History(clients: 1).Say(1, 1, 0).Lose(0)
            .Join(0, new StreamPosition("e1", 1), recovered: true, new StreamPosition("e2", 0)).End();

        verdict.Expect(ViolationKind.SilentEpochChange, "In room 'room' client 0 asked to resume after 1 of epoch 'e1', and was told that it recovered, at 0 of epoch 'e2'.");
    }

    [Fact]
    public void A_resume_whose_position_is_not_that_of_its_last_message_is_false()
    {
        var verdict = new History(clients: 1).Say(1, 1, 0).Lose(0).Resume(0, since: 1, recovered: true, position: 5).End();

        Assert.Equal(1, verdict.Count(ViolationKind.FalseJoin));
    }

    [Fact]
    public void A_history_that_does_not_lead_up_to_its_position_is_false()
    {
        var verdict = new History(clients: 1).Send(1).Ack(1, 1).Lose(0)
            .Join(0, since: null, recovered: false, new StreamPosition("e1", 3), History.Message(1, 1)).End();

        Assert.Equal(1, verdict.Count(ViolationKind.FalseJoin));
    }

    [Fact]
    public void A_client_that_is_not_back_at_the_end_is_told()
    {
        var verdict = new History().Say(1, 1).Lose(1).End();

        verdict.Expect(ViolationKind.NotResumed, "At the end client 1 was not back in room 'room'.");
    }
}
