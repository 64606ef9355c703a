using System.Collections.Concurrent;
using System.Diagnostics;
using AspireChat.LoadTest.Auditing.Recording;

namespace AspireChat.LoadTest.Auditing.Clients;

/// <summary>The sends of one client that await their answer: each goes out again, with the same id, until it is acknowledged, refused for good or given up.</summary>
internal sealed class Outbox(int client, string name, string room, AuditOptions options, SendCounter counter, IAuditLog log)
{
    private readonly ConcurrentDictionary<long, Pending> _pending = new();

    public int Count => _pending.Count;

    /// <summary>How many were acknowledged.</summary>
    public long Acknowledged { get; private set; }

    /// <summary>When the newest of those was made, by <see cref="Stopwatch"/>; 0 before the first.</summary>
    public long LastAcknowledged { get; private set; }

    /// <summary>Makes a new send, unless as many as may be are on their way.</summary>
    public void Add()
    {
        if (_pending.Count >= options.InFlight)
            return;

        var send = counter.Next();
        var text = TextOf(send);
        log.Append(new SendBegan(send, client, room, Digest.Of(name, text)));
        _pending[send] = new Pending(text, Stopwatch.GetTimestamp());
    }

    /// <summary>Sends what is due on a connection.</summary>
    /// <param name="ids">The run's ids.</param>
    /// <param name="connection">The connection; null while there is none, when sends can only grow old.</param>
    /// <param name="isJoined">Whether it has joined the room, so that the name is left out.</param>
    public async Task FlushAsync(SendIds ids, RawConnection? connection, bool isJoined)
    {
        // A snapshot of its own making: sorted as it is, what is taken out meanwhile would leave empty entries.
        foreach (var (send, pending) in _pending.ToArray().OrderBy(entry => entry.Key))
        {
            if (Stopwatch.GetElapsedTime(pending.Began) > options.SendTimeout)
            {
                if (_pending.TryRemove(send, out _))
                    log.Append(new SendAbandoned(send));
            }
            else if (connection is not null && pending.IsDueOn(connection))
            {
                if (pending.Attempts++ > 0)
                    log.Append(new SendRepeated(send));

                pending.SentOn(connection, options.AnswerTimeout);
                await connection.SendAsync(ClientFrames.Send(room, ids.Of(send), pending.Text, isJoined ? null : name));
            }
        }
    }

    public void Acknowledge(long send, StreamPosition? position)
    {
        log.Append(new SendAcknowledged(send, position));
        if (!_pending.TryRemove(send, out var pending))
            return;

        Acknowledged++;
        LastAcknowledged = Math.Max(LastAcknowledged, pending.Began);
    }

    public void Refuse(long send, string code)
    {
        log.Append(new SendRefused(send, code));
        if (code is not ("unavailable" or "rate_limited"))
            _pending.TryRemove(send, out _);
        else if (_pending.TryGetValue(send, out var pending))
            pending.WaitFor(Pace.AfterRefusal(pending.Refusals++) + (code == "rate_limited" ? TimeSpan.FromSeconds(1) : TimeSpan.Zero));
    }

    private string TextOf(long send) => $"{send} ".PadRight(options.TextChars, 'x');

    private sealed class Pending(string text, long began)
    {
        private RawConnection? _connection;
        private long _due;

        public string Text => text;

        public long Began => began;

        public int Attempts { get; set; }

        public int Refusals { get; set; }

        /// <summary>On another connection than the last at once: the answer was lost with that.</summary>
        public bool IsDueOn(RawConnection connection) => connection != _connection || Stopwatch.GetTimestamp() >= Volatile.Read(ref _due);

        public void SentOn(RawConnection connection, TimeSpan answerTimeout)
        {
            _connection = connection;
            WaitFor(answerTimeout);
        }

        public void WaitFor(TimeSpan time) => Volatile.Write(ref _due, Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency));
    }
}
