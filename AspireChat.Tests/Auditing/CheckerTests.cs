using AspireChat.LoadTest.Auditing.Checking;
using AspireChat.LoadTest.Auditing.Recording;

namespace AspireChat.Tests.Auditing;

/// <summary>Histories that break a promise: the checker names which.</summary>
public class CheckerTests
{
    [Fact]
    public void An_acknowledged_message_that_a_client_jumped_over_is_lost()
    {
        var verdict = new History().Say(1, 1).Send(2).Ack(2, 2).See(0, 2, 2).Say(3, 3).End();

        Expect(verdict, ViolationKind.Lost, "In room 'room' client 1 never got offset 2 of epoch 'e1', send 2 (acknowledged), and nothing told it.");
    }

    [Fact]
    public void An_acknowledged_message_that_a_client_has_not_got_at_the_end_is_lost()
    {
        var verdict = new History().Say(1, 1).Say(2, 2, 0).End();

        Expect(verdict, ViolationKind.Lost, "In room 'room' client 1 never got offset 2 of epoch 'e1', send 2 (acknowledged), and nothing told it.");
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

        Expect(verdict, ViolationKind.Lost, "In room 'room' client 1 never got offset 1 of epoch 'e1', send 1 (its outcome unknown), and nothing told it.");
    }

    [Fact]
    public void A_message_left_out_of_a_resume_is_lost()
    {
        var verdict = new History().Say(1, 1).Lose(1).Say(2, 2, 0).Say(3, 3, 0)
            .Resume(1, since: 1, recovered: true, position: 3, History.Message(3, 3)).End();

        Expect(verdict, ViolationKind.Lost, "In room 'room' client 1 never got offset 2 of epoch 'e1', send 2 (acknowledged), and nothing told it.");
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
    public void A_message_that_comes_again_is_repeated()
    {
        var verdict = new History().Say(1, 1).Say(2, 2).See(1, 1, 1).End();

        Expect(verdict, ViolationKind.Repeated, "In room 'room' client 1 got send 1 at 1 of epoch 'e1' again, after 2.");
    }

    [Fact]
    public void A_message_that_a_resume_brings_again_is_repeated()
    {
        var verdict = new History().Say(1, 1).Lose(1)
            .Resume(1, since: 1, recovered: true, position: 1, History.Message(1, 1)).End();

        Expect(verdict, ViolationKind.Repeated, "In room 'room' client 1 got send 1 at 1 of epoch 'e1' again, after 1.");
    }

    [Fact]
    public void A_message_that_comes_after_a_later_one_is_reordered()
    {
        var verdict = new History().Send(1).Send(2).Ack(1, 1).Ack(2, 2).See(0, 1, 1).See(0, 2, 2).See(1, 2, 2).See(1, 1, 1).End();

        Expect(verdict, ViolationKind.Reordered, "In room 'room' client 1 got send 1 at 1 of epoch 'e1' after 2.");
    }

    [Fact]
    public void An_offset_that_nobody_got_a_message_for_is_a_gap()
    {
        var verdict = new History(clients: 1).Say(1, 1, 0).Say(3, 3, 0).End();

        Expect(verdict, ViolationKind.Gap, "In room 'room' client 0 never got offset 2 of epoch 'e1', and nobody else has told of it.");
    }

    [Fact]
    public void A_wild_jump_is_one_gap()
    {
        var verdict = new History(clients: 1).Say(1, 1, 0).Say(3, 9_000_000_000, 0).End();

        Expect(verdict, ViolationKind.Gap, "In room 'room' client 0 jumped from offset 1 to 9000000000 of epoch 'e1'.");
    }

    [Fact]
    public void An_offset_that_names_two_messages_is_a_fork()
    {
        var verdict = new History().Send(1).Send(2).See(0, 1, 1).See(1, 2, 1).End();

        Expect(verdict, ViolationKind.Forked, "In room 'room', offset 1 of epoch 'e1' names send 1, and client 1 says send 2.");
    }

    [Fact]
    public void An_acknowledgement_of_a_place_that_holds_another_message_is_a_fork()
    {
        var verdict = new History().Say(1, 1).Send(2).Ack(2, 1).End();

        Expect(verdict, ViolationKind.Forked, "In room 'room', offset 1 of epoch 'e1' names send 1, and the acknowledgement of send 2 says send 2.");
    }

    [Fact]
    public void Offsets_reused_after_a_rollback_are_a_fork()
    {
        var verdict = new History().Say(1, 1).Say(2, 2)
            .Lose(1).Resume(1, since: 2, recovered: false, position: 1, History.Message(1, 1))
            .Say(3, 2, 1).End();

        Assert.True(verdict.Count(ViolationKind.Forked) > 0);
    }

    [Fact]
    public void A_message_that_nobody_sent_is_a_phantom()
    {
        var verdict = new History().See(0, new SeenMessage(null, 7, 1, "eve/x")).See(1, new SeenMessage(null, 7, 1, "eve/x")).End();

        Assert.Equal(2, verdict.Count(ViolationKind.Phantom));
        Assert.Equal("In room 'room' client 0 got 'eve/x', which nobody sent.", verdict.Violations[0].Description);
    }

    [Fact]
    public void A_message_that_was_refused_for_good_and_appears_is_a_phantom()
    {
        var verdict = new History(clients: 1).Send(1).Refuse(1, "forbidden").See(0, 1, 1).End();

        Expect(verdict, ViolationKind.Phantom, "In room 'room' client 0 got send 1, which the server had refused.");
    }

    [Fact]
    public void A_message_from_another_room_is_a_phantom()
    {
        var verdict = new History(clients: 1).Add(new SendBegan(1, 0, "other", 31)).See(0, 1, 1).End();

        Expect(verdict, ViolationKind.Phantom, "In room 'room' client 0 got send 1, which was sent to room 'other'.");
    }

    [Fact]
    public void A_message_with_another_text_is_altered()
    {
        var verdict = new History(clients: 1).Send(1).Ack(1, 1).See(0, new SeenMessage(1, 99, 1)).End();

        Expect(verdict, ViolationKind.Altered, "In room 'room' client 0 got send 1 with another name or text than was sent.");
    }

    [Fact]
    public void An_unknown_send_that_appears_twice_is_stored_twice()
    {
        var verdict = new History().Send(1).Again(1).Abandon(1).See(0, 1, 1).See(1, 1, 1).See(0, 1, 2).See(1, 1, 2).End();

        Assert.Equal(2, verdict.Count(ViolationKind.StoredTwice));
        Assert.Equal(
            "Send 1 (its outcome unknown) in room 'room' is at 1 of epoch 'e1', and client 0 says at 2 of epoch 'e1'.",
            verdict.Violations[0].Description);
    }

    [Fact]
    public void An_acknowledgement_of_another_place_than_the_delivery_is_told()
    {
        var verdict = new History(clients: 1).Send(1).See(0, 1, 1).Send(2).See(0, 2, 2).Ack(1, 1).Ack(2, 3).End();

        Assert.Equal(1, verdict.Count(ViolationKind.StoredTwice));
    }

    [Fact]
    public void An_epoch_that_changes_while_a_client_is_not_told_is_silent()
    {
        var verdict = new History().Say(1, 1).Resync(0, new StreamPosition("e2", 0))
            .Send(2).Ack(2, 1, "e2").See(0, 2, 1).End();

        Expect(
            verdict,
            ViolationKind.SilentEpochChange,
            "At the end client 1 still held epoch 'e1' of room 'room', which had gone on in 'e2'; nothing had told it.");
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

        Expect(
            verdict,
            ViolationKind.SilentEpochChange,
            "In room 'room' client 0 asked to resume after 1 of epoch 'e1', and was told that it recovered, at 0 of epoch 'e2'.");
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

        Expect(verdict, ViolationKind.NotResumed, "At the end client 1 was not back in room 'room'.");
    }

    [Fact]
    public void A_send_that_takes_longer_than_the_limit_without_a_fault_is_late()
    {
        var verdict = new History(clients: 1).Send(1).Wait(11).Ack(1, 1).See(0, 1, 1).End();

        Assert.StartsWith("Send 1 in room 'room' was acknowledged only 11.0 s", Single(verdict, ViolationKind.LateAck), StringComparison.Ordinal);
    }

    [Fact]
    public void A_send_that_is_not_acknowledged_within_the_limit_after_a_fault_is_late()
    {
        var verdict = new History(clients: 1).Add(new FaultBegan("pause")).Send(1).Wait(30).Add(new FaultEnded("pause")).Wait(11).Ack(1, 1).See(0, 1, 1).End();

        Assert.StartsWith("Send 1 in room 'room' was acknowledged only 11.0 s", Single(verdict, ViolationKind.LateAck), StringComparison.Ordinal);
    }

    [Fact]
    public void A_send_that_is_never_answered_is_late()
    {
        var verdict = new History(clients: 1).Send(1).Wait(11).End();

        Single(verdict, ViolationKind.LateAck);
        Assert.Equal(1, verdict.Unknown);
    }

    [Fact]
    public void A_frame_that_is_not_as_the_protocol_says_is_told()
    {
        var verdict = new History(clients: 1).Add(new BrokenFrameSeen(0, "no type")).End();

        Expect(verdict, ViolationKind.BrokenFrame, "Client 0: no type");
    }

    [Fact]
    public void Without_a_stream_a_message_sent_once_comes_once()
    {
        var verdict = new History(clients: 1, mode: "pubsub").Send(1).Ack(1, null).See(0, 1, null).See(0, 1, null).End();

        Expect(verdict, ViolationKind.Repeated, "In room 'room' client 0 got send 1 twice, though it was sent once.");
    }

    [Fact]
    public void A_record_without_an_end_is_not_clean()
    {
        var verdict = new History().Say(1, 1).Conclude();

        Assert.False(verdict.IsComplete);
        Assert.False(verdict.IsClean);
        Assert.Throws<AuditFailedException>(verdict.AssertPromises);
    }

    private static void Expect(Verdict verdict, ViolationKind kind, string description)
    {
        Assert.Equal(description, Single(verdict, kind));
        Assert.False(verdict.HoldsPromises);
        Assert.Contains($"BROKEN: 1 {kind}.", Assert.Throws<AuditFailedException>(verdict.AssertClean).Message, StringComparison.Ordinal);
    }

    private static string Single(Verdict verdict, ViolationKind kind)
    {
        var violation = Assert.Single(verdict.Violations);
        Assert.Equal(kind, violation.Kind);
        return violation.Description;
    }
}
