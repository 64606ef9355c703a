using AspireChat.LoadTest.Auditing.Checking;
using AspireChat.LoadTest.Auditing.Recording;

namespace AspireChat.Tests.Auditing;

/// <summary>Histories that break another promise: of an answer in time, of the protocol, of a record with an end.</summary>
public class CheckerTests
{
    [Fact]
    public void A_send_that_takes_longer_than_the_limit_without_a_fault_is_late()
    {
        var verdict = new History(clients: 1).Send(1).Wait(11).Ack(1, 1).See(0, 1, 1).End();

        Assert.StartsWith("Send 1 in room 'room' was acknowledged only 11.0 s", verdict.Single(ViolationKind.LateAck), StringComparison.Ordinal);
    }

    [Fact]
    public void A_send_that_is_not_acknowledged_within_the_limit_after_a_fault_is_late()
    {
        var verdict = new History(clients: 1).Add(new FaultBegan("pause")).Send(1).Wait(30).Add(new FaultEnded("pause")).Wait(11).Ack(1, 1).See(0, 1, 1).End();

        Assert.StartsWith("Send 1 in room 'room' was acknowledged only 11.0 s", verdict.Single(ViolationKind.LateAck), StringComparison.Ordinal);
    }

    [Fact]
    public void A_send_that_is_never_answered_is_late()
    {
        var verdict = new History(clients: 1).Send(1).Wait(11).End();

        verdict.Single(ViolationKind.LateAck);
        Assert.Equal(1, verdict.Unknown);
    }

    [Fact]
    public void A_frame_that_is_not_as_the_protocol_says_is_told()
    {
        var verdict = new History(clients: 1).Add(new BrokenFrameSeen(0, "no type")).End();

        verdict.Expect(ViolationKind.BrokenFrame, "Client 0: no type");
    }

    [Fact]
    public void A_record_without_an_end_is_not_clean()
    {
        var verdict = new History().Say(1, 1).Conclude();

        Assert.False(verdict.IsComplete);
        Assert.False(verdict.IsClean);
        Assert.Throws<AuditFailedException>(verdict.AssertPromises);
    }
}
