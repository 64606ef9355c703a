using System.Diagnostics;
using System.Net.WebSockets;
using AspireChat.LoadTest.Auditing.Recording;

namespace AspireChat.LoadTest.Auditing.Clients;

/// <summary>
/// A client that hides nothing: it joins one room, records all that comes over the wire, and comes back and resumes whenever it has lost its
/// connection, at the next of its targets.
/// </summary>
internal sealed class AuditClient
{
    private static readonly TimeSpan FlushInterval = TimeSpan.FromMilliseconds(10);

    private readonly AuditOptions _options;
    private readonly SendIds _ids;
    private readonly IAuditLog _log;
    private readonly RoomTop _top;
    private readonly RawFrameParser _parser;
    private readonly Membership _membership;
    private readonly Route _route;
    private readonly Outbox _outbox;
    private readonly double _sendsPerSecond;
    private readonly Switch _present = new(on: true);
    private readonly Switch _reading = new(on: true);
    private volatile RawConnection? _connection;
    private volatile bool _leaving;

    public AuditClient(int number, string room, double sendsPerSecond, AuditOptions options, SendIds ids, SendCounter counter, RoomTop top, IAuditLog log)
    {
        Number = number;
        Name = $"{options.NamePrefix}{number}";
        _options = options;
        _ids = ids;
        _log = log;
        _top = top;
        _route = new Route(number % options.Targets.Count, options.Targets.Count, options.Reconnect);
        _parser = new RawFrameParser(ids);
        _membership = new Membership(room);
        _outbox = new Outbox(number, Name, room, options, counter, log);
        _sendsPerSecond = sendsPerSecond;
    }

    public int Number { get; }

    public string Name { get; }

    public string Room => _membership.Room;

    /// <summary>The instance that serves it, or served it last; null before the first.</summary>
    public string? Instance { get; private set; }

    public bool IsJoined => _membership.IsJoined;

    /// <summary>How often it has joined its room: once more after each connection that it has lost.</summary>
    public int Joins { get; private set; }

    /// <summary>Whether it only listens.</summary>
    public bool NeverSends => _sendsPerSecond == 0;

    /// <summary>How many live messages it has got.</summary>
    public long Deliveries { get; private set; }

    /// <summary>How often it was told that messages are lost.</summary>
    public int Announced { get; private set; }

    /// <summary>How often its connection broke without a close frame, not by its own doing.</summary>
    public int Breaks { get; private set; }

    /// <summary>How many of its sends were acknowledged.</summary>
    public long Acknowledged => _outbox.Acknowledged;

    /// <summary>When the newest of those was made, by <see cref="Stopwatch"/>.</summary>
    public long LastAcknowledged => _outbox.LastAcknowledged;

    /// <summary>How many of its sends await their answer.</summary>
    public int Pending => _outbox.Count;

    /// <summary>Whether it is in its room and has got all that anybody was told of; always, once joined, where there is no stream.</summary>
    public bool IsCaughtUp => IsJoined && (_membership.Mark.Position is not { } position || _top.Top is not { } top || position == top);

    /// <summary>Breaks its connection; it comes back by itself.</summary>
    public void Drop()
    {
        _leaving = true;
        _connection?.Abort();
    }

    /// <summary>Comes back to the target at which it began, if it has ended up elsewhere.</summary>
    /// <returns>Whether it has.</returns>
    public bool GoHome()
    {
        if (!_route.GoHome())
            return false;

        Drop();
        return true;
    }

    /// <summary>Whether it has come as far as this, or the stream has gone on elsewhere.</summary>
    public bool Has(StreamPosition? top) =>
        top is not { } told || _membership.Mark.Position is not { } position || (position.Epoch == told.Epoch ? position.Offset >= told.Offset : _top.Top?.Epoch == position.Epoch);

    /// <summary>Goes offline until <see cref="Return"/>. Its sends wait.</summary>
    public void GoOffline()
    {
        _present.Off();
        Drop();
    }

    public void Return() => _present.On();

    /// <summary>Stops to take in what its connection brings, as a client does that hangs, until <see cref="ReadAgain"/>.</summary>
    public void StopReading() => _reading.Off();

    public void ReadAgain() => _reading.On();

    /// <summary>Connects, and comes back, until cancelled or until a server sends it away for good.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var abort = cancellationToken.Register(Drop);
        try
        {
            while (!cancellationToken.IsCancellationRequested && await ConnectOnceAsync(cancellationToken))
                await Task.Delay(_route.Next(), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    /// <summary>Makes sends at its rate until <paramref name="stopping"/> is cancelled, then sees those through that are on their way.</summary>
    public async Task SendAsync(CancellationToken stopping, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        long made = 0;
        using var timer = new PeriodicTimer(FlushInterval);
        try
        {
            while (!stopping.IsCancellationRequested || _outbox.Count > 0)
            {
                for (var due = (long)(Stopwatch.GetElapsedTime(began).TotalSeconds * _sendsPerSecond); made < due && !stopping.IsCancellationRequested; made++)
                    _outbox.Add();

                await _outbox.FlushAsync(_ids, _connection, IsJoined);
                await timer.WaitForNextTickAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    /// <returns>Whether to come back.</returns>
    private async Task<bool> ConnectOnceAsync(CancellationToken cancellationToken)
    {
        await _present.WaitAsync(cancellationToken);
        RawConnection connection;
        try
        {
            var token = _options.TokenProvider is { } tokens ? await tokens(Name, cancellationToken) : null;
            connection = await RawConnection.OpenAsync(_options.Targets[_route.Target], token, Number == _options.NarrowClient, _options.DeadAfter, _options.NewSocket, cancellationToken);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return true;
        }

        using (connection)
        {
            try
            {
                await PumpAsync(connection, cancellationToken);
            }
            finally
            {
                _connection = null;
                _membership.Leave();
                _log.Append(new Disconnected(Number, connection.CloseCode, _leaving));
                Breaks += connection.CloseCode is null && !_leaving ? 1 : 0;
            }

            return connection.CloseCode is not (1003 or 1009 or 4500 or 4501);
        }
    }

    private async Task PumpAsync(RawConnection connection, CancellationToken cancellationToken)
    {
        _leaving = false;
        _connection = connection;
        // Whoever wanted it gone before it could be seen is heeded here.
        if (!_present.IsOn || cancellationToken.IsCancellationRequested)
            Drop();

        await using var errands = new Errands();
        while (await connection.ReceiveAsync() is { } bytes)
        {
            await _reading.WaitAsync(cancellationToken);
            try
            {
                await TakeAsync(_parser.Parse(bytes), connection, errands);
            }
            catch (BrokenFrameException e)
            {
                _log.Append(new BrokenFrameSeen(Number, e.Message));
            }
        }
    }

    private async Task TakeAsync(RawFrame frame, RawConnection connection, Errands errands)
    {
        switch (frame)
        {
            case RawWelcome welcome:
                Instance = welcome.Instance;
                _log.Append(new Connected(Number, welcome.Instance, welcome.Mode));
                Switch(welcome.Mode);
                await JoinAsync(connection);
                break;
            case RawJoined joined:
                _route.Succeeded();
                Announced += !joined.Recovered && _membership.Mark.Position is not null ? 1 : 0;
                _log.Append(new JoinAnswered(Number, joined.Room, joined.Recovered, joined.Position, Seen(joined.Messages)));
                _membership.Join(joined.Position, joined.Messages);
                Joins++;
                _top.Tell(joined.Position);
                break;
            case RawMessage message:
                Deliveries++;
                _log.Append(new MessageSeen(Number, message.Room, message.Seen));
                _membership.Take(message);
                _top.Tell(_membership.Mark.Position);
                break;
            case RawResync resync:
                Announced++;
                _log.Append(new ResyncSeen(Number, resync.Room, resync.Position, Seen(resync.Messages)));
                _membership.MoveTo(resync.Position, resync.Messages);
                _top.Tell(resync.Position);
                break;
            case RawBackplane backplane:
                _log.Append(new ModeSeen(Number, backplane.Mode));
                Switch(backplane.Mode);
                break;
            case RawAck ack:
                _top.Tell(ack.Position);
                _outbox.Acknowledge(NumberOf(ack.Id), ack.Position);
                break;
            case RawError { Id: { } id } error:
                _outbox.Refuse(NumberOf(id), error.Code);
                break;
            case RawError error:
                _log.Append(new ErrorSeen(Number, error.Code, error.Room));
                if (!IsJoined)
                    errands.DoAfter(_route.Refused(), () => JoinAsync(connection));

                break;
            case RawReconnect reconnect:
                var delay = TimeSpan.FromMilliseconds(reconnect.AfterMs);
                _route.MoveAfter(delay);
                errands.DoAfter(delay, LeaveAsync);
                break;
        }
    }

    private Task JoinAsync(RawConnection connection)
    {
        var (position, last) = _membership.Mark;
        _log.Append(new JoinSent(Number, Room, position));
        // Every other client lets the server make sure of the message it stands at, as the protocol allows.
        return connection.SendAsync(ClientFrames.Join(Room, Name, position, Number % 2 == 0 ? last : null));
    }

    private Task LeaveAsync()
    {
        Drop();
        return Task.CompletedTask;
    }

    private void Switch(string mode)
    {
        if (mode != "stream")
            _membership.LeaveStream();
    }

    private long NumberOf(string id) => _ids.NumberOf(id) ?? throw new BrokenFrameException($"an answer to the id '{id}', which nobody sent");

    private static SeenMessage[] Seen(IReadOnlyList<RawMessage> messages) => [.. messages.Select(message => message.Seen)];
}
