using AspireChat.LoadTest.Auditing.Recording;

namespace AspireChat.LoadTest.Auditing.Checking;

/// <summary>
/// Holds a record, entry by entry, to what the servers promise, and comes to a verdict. Its memory does not grow with the length of the record: it
/// keeps the newest million sends and the newest 16,384 offsets of each stream.
/// </summary>
internal sealed class Checker
{
    private readonly Findings _findings = new();
    private readonly FaultTimes _faults = new();
    private readonly SendLedger _sends;
    private readonly Dictionary<string, RoomLedger> _rooms = [];
    private readonly Dictionary<(int Client, string Room), MemberLedger> _members = [];
    private readonly Tally _tally = new();

    public Checker() => _sends = new SendLedger(_findings, _faults);

    /// <summary>Checks a record from its first to its last line.</summary>
    public static async Task<Verdict> CheckAsync(IAsyncEnumerable<AuditEntry> record, CancellationToken cancellationToken)
    {
        var checker = new Checker();
        await foreach (var entry in record.WithCancellation(cancellationToken))
            checker.Take(entry);

        return checker.Conclude();
    }

    public void Take(AuditEntry entry)
    {
        _findings.Now = entry.At;
        switch (entry)
        {
            case RunBegan run:
                _tally.Begin(run);
                _sends.AckLimit = (long)(run.AckLimitSeconds * 1e6);
                break;
            case RunEnded:
                End();
                break;
            case FaultBegan fault:
                _faults.Begin(fault);
                break;
            case FaultEnded fault:
                _faults.End(fault.Fault, fault.At);
                break;
            case WellAgain well:
                _faults.BeWell(well.Fault);
                break;
            case Connected connected:
                _tally.Connect(connected);
                Switch(connected.Client, connected.Mode);
                break;
            case ModeSeen mode:
                Switch(mode.Client, mode.Mode);
                break;
            case Disconnected disconnected:
                _tally.Disconnect(disconnected);
                foreach (var member in MembersOf(disconnected.Client))
                    member.Leave(disconnected.At);
                break;
            case ErrorSeen error:
                _tally.Refuse(error.Code);
                break;
            case BrokenFrameSeen broken:
                _findings.Add(ViolationKind.BrokenFrame, $"Client {broken.Client}: {broken.Why}");
                break;
            default:
                TakeOfRoom(entry);
                break;
        }
    }

    public Verdict Conclude() => _tally.Conclude(_findings, _faults, _sends, _rooms.Values, _members.Values);

    private void TakeOfRoom(AuditEntry entry)
    {
        switch (entry)
        {
            case JoinSent join:
                Member(join.Client, join.Room).Ask(join);
                break;
            case JoinAnswered joined:
                Member(joined.Client, joined.Room).Join(joined);
                break;
            case MessageSeen seen:
                _tally.Deliveries++;
                Member(seen.Client, seen.Room).Take(seen.Message, seen.At);
                break;
            case ResyncSeen resync:
                Member(resync.Client, resync.Room).Resync(resync);
                break;
            case SendBegan began:
                _sends.Begin(began, _members.Count(member => member.Key.Room == began.Room && member.Value.IsWithoutStream));
                break;
            case SendRepeated repeated:
                _sends.Repeat(repeated.Send);
                break;
            case SendAcknowledged ack:
                Acknowledge(ack);
                break;
            case SendRefused refused:
                _sends.Refuse(refused);
                break;
            case SendAbandoned abandoned:
                _sends.Abandon(abandoned);
                break;
        }
    }

    private void Acknowledge(SendAcknowledged ack)
    {
        if (_sends.Acknowledge(ack) is { } send && ack.Position is { } position)
            Room(send.Room)[position.Epoch].Tell(position.Offset, new SeenMessage(send.Number, send.Digest), $"the acknowledgement of send {send.Number}");
    }

    private void Switch(int client, string mode)
    {
        if (mode == "stream")
            return;

        foreach (var member in MembersOf(client))
            member.LeaveStream();
    }

    private void End()
    {
        _tally.End(_findings.Now);
        foreach (var member in _members.Values)
            member.Close();

        _sends.CloseAll(_findings.Now);
    }

    private RoomLedger Room(string room)
    {
        if (!_rooms.TryGetValue(room, out var ledger))
            _rooms.Add(room, ledger = new RoomLedger(room, _findings));

        return ledger;
    }

    private MemberLedger Member(int client, string room)
    {
        if (!_members.TryGetValue((client, room), out var ledger))
            _members.Add((client, room), ledger = new MemberLedger(client, Room(room), _sends, _faults, _findings));

        return ledger;
    }

    private IEnumerable<MemberLedger> MembersOf(int client) =>
        _members.Where(member => member.Key.Client == client).Select(member => member.Value);
}
