using AspireChat.LoadTest.Auditing.Checking;
using AspireChat.LoadTest.Auditing.Recording;

namespace AspireChat.Tests.Auditing;

/// <summary>Histories with messages at more than one place or none, or that nobody sent: the checker names which.</summary>
public class CheckerOrderTests
{
    [Fact]
    public void A_message_that_comes_again_is_repeated()
    {
        var verdict = new History().Say(1, 1).Say(2, 2).See(1, 1, 1).End();

        verdict.Expect(ViolationKind.Repeated, "In room 'room' client 1 got send 1 at 1 of epoch 'e1' again, after 2.");
    }

    [Fact]
    public void A_message_that_a_resume_brings_again_is_repeated()
    {
        var verdict = new History().Say(1, 1).Lose(1)
            .Resume(1, since: 1, recovered: true, position: 1, History.Message(1, 1)).End();

        verdict.Expect(ViolationKind.Repeated, "In room 'room' client 1 got send 1 at 1 of epoch 'e1' again, after 1.");
    }

    [Fact]
    public void A_message_that_comes_after_a_later_one_is_reordered()
    {
        var verdict = new History().Send(1).Send(2).Ack(1, 1).Ack(2, 2).See(0, 1, 1).See(0, 2, 2).See(1, 2, 2).See(1, 1, 1).End();

        verdict.Expect(ViolationKind.Reordered, "In room 'room' client 1 got send 1 at 1 of epoch 'e1' after 2.");
    }

    [Fact]
    public void An_offset_that_nobody_got_a_message_for_is_a_gap()
    {
        var verdict = new History(clients: 1).Say(1, 1, 0).Say(3, 3, 0).End();

        verdict.Expect(ViolationKind.Gap, "In room 'room' client 0 never got offset 2 of epoch 'e1', and nobody else has told of it.");
    }

    [Fact]
    public void A_wild_jump_is_one_gap()
    {
        var verdict = new History(clients: 1).Say(1, 1, 0).Say(3, 9_000_000_000, 0).End();

        verdict.Expect(ViolationKind.Gap, "In room 'room' client 0 jumped from offset 1 to 9000000000 of epoch 'e1'.");
    }

    [Fact]
    public void An_offset_that_names_two_messages_is_a_fork()
    {
        var verdict = new History().Send(1).Send(2).See(0, 1, 1).See(1, 2, 1).End();

        verdict.Expect(ViolationKind.Forked, "In room 'room', offset 1 of epoch 'e1' names send 1, and client 1 says send 2.");
    }

    [Fact]
    public void An_acknowledgement_of_a_place_that_holds_another_message_is_a_fork()
    {
        var verdict = new History().Say(1, 1).Send(2).Ack(2, 1).End();

        verdict.Expect(ViolationKind.Forked, "In room 'room', offset 1 of epoch 'e1' names send 1, and the acknowledgement of send 2 says send 2.");
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

        verdict.Expect(ViolationKind.Phantom, "In room 'room' client 0 got send 1, which the server had refused.");
    }

    [Fact]
    public void A_message_from_another_room_is_a_phantom()
    {
        var verdict = new History(clients: 1).Add(new SendBegan(1, 0, "other", 31)).See(0, 1, 1).End();

        verdict.Expect(ViolationKind.Phantom, "In room 'room' client 0 got send 1, which was sent to room 'other'.");
    }

    [Fact]
    public void A_message_with_another_text_is_altered()
    {
        var verdict = new History(clients: 1).Send(1).Ack(1, 1).See(0, new SeenMessage(1, 99, 1)).End();

        verdict.Expect(ViolationKind.Altered, "In room 'room' client 0 got send 1 with another name or text than was sent.");
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
    public void Without_a_stream_a_message_sent_once_comes_once()
    {
        var verdict = new History(clients: 1, mode: "pubsub").Send(1).Ack(1, null).See(0, 1, null).See(0, 1, null).End();

        verdict.Expect(ViolationKind.Repeated, "In room 'room' client 0 got send 1 twice, though it was sent once.");
    }
}
