using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Backplane.Streams;

namespace AspireChat.ChatServer.History;

/// <summary>
/// The reads of one room's history: at most one in 100 ms, however many callers there are. Each read is for everybody who waits, goes further than any one
/// of them asked, and serves for a short while those who come later and want a part of it.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class SharedReads(KnownRoom room, StreamStore store, HistoryBudget budget, TimeProvider time, BackplaneMetrics metrics)
{
    /// <summary>Messages that one read brings: two of the largest pages that a caller can ask for.</summary>
    private const int ReadAhead = 512;
    private const int SegmentsKept = 4;
    private static readonly TimeSpan Spacing = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly Queue<ReadSegment> _segments = new();
    private List<Waiting> _waiting = [];
    private long? _lastRead;
    private long _lastFirst;
    private bool _reading;
    private bool _retired;

    private sealed record Waiting(HistoryRequest Request, TaskCompletionSource<HistoryPage> Answer);

    /// <summary>Null when this was retired meanwhile: ask its successor.</summary>
    public Task<HistoryPage>? TryReadAsync(HistoryRequest request)
    {
        var answer = new TaskCompletionSource<HistoryPage>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_retired)
                return null;
            if (ServeFromSegments(request) is { } page)
            {
                metrics.HistoryShared();
                return Task.FromResult(page);
            }

            _waiting.Add(new Waiting(request, answer));
            if (_waiting.Count > 1)
                metrics.HistoryShared();
            if (!_reading)
            {
                _reading = true;
                _ = Task.Run(ReadWhileWantedAsync);
            }
        }

        return answer.Task;
    }

    /// <summary>True when nobody has wanted anything for a while: it is of no more use, and answers nobody from here on.</summary>
    public bool TryRetire()
    {
        lock (_gate)
        {
            ForgetOldSegments();
            _retired = !_reading && _segments.Count == 0 && (_lastRead is not { } last || time.GetElapsedTime(last) > Lifetime);
            return _retired;
        }
    }

    private async Task ReadWhileWantedAsync()
    {
        while (true)
        {
            if (_lastRead is { } last && Spacing - time.GetElapsedTime(last) is var rest && rest > TimeSpan.Zero)
                await Task.Delay(rest, time);

            List<Waiting> served;
            lock (_gate)
            {
                if (_waiting.Count == 0)
                {
                    _reading = false;
                    return;
                }

                (served, _waiting) = (_waiting, []);
            }

            await ReadForAsync(served);
        }
    }

    private async Task ReadForAsync(List<Waiting> callers)
    {
        try
        {
            metrics.HistoryRead();
            var now = time.GetTimestamp();
            _lastRead = now;
            var page = Widest(callers) is { } after
                ? await store.ReadAfterAsync(room, after, ReadAhead)
                : await store.ReadNewestAsync(room, callers.Max(caller => caller.Request.Limit));
            Serve(new ReadSegment(page, now), callers);
        }
        catch (Exception exception)
        {
            var unavailable = exception as BackplaneUnavailableException
                ?? new BackplaneUnavailableException($"The history of room '{room.Name}' could not be read, since Redis does not answer.", exception);
            foreach (var caller in callers)
                caller.Answer.SetException(unavailable);
        }
    }

    private void Serve(ReadSegment segment, List<Waiting> callers)
    {
        // Whom this read does not reach, the next one does: those whose position is further on, or further back than could be read.
        var unserved = new List<Waiting>();
        foreach (var caller in callers)
        {
            if (segment.Serve(caller.Request) is { } page)
                caller.Answer.SetResult(page);
            else
                unserved.Add(caller);
        }

        lock (_gate)
        {
            _lastFirst = segment.First;
            _waiting.InsertRange(0, unserved);
            ForgetOldSegments();
            if (segment.Bytes > 0 && budget.TryTake(segment.Bytes))
                _segments.Enqueue(segment);
            if (_segments.Count > SegmentsKept)
                budget.Return(_segments.Dequeue().Bytes);
        }
    }

    /// <summary>
    /// The position to read from, so that as many as possible are served: the furthest back that is still kept, in the present epoch if anybody is in it.
    /// Null when the first in line wants the newest messages.
    /// </summary>
    private StreamPosition? Widest(List<Waiting> callers)
    {
        if (callers[0].Request.After is not { } widest)
            return null;

        var present = room.Highest.Epoch;
        foreach (var caller in callers)
        {
            if (caller.Request.After is not { } after)
                continue;

            var isBetterEpoch = after.Epoch == present && widest.Epoch != present;
            var isFurtherBack = after.Epoch == widest.Epoch && after.Offset < widest.Offset && after.Offset + 1 >= _lastFirst;
            var isKept = after.Epoch == widest.Epoch && widest.Offset + 1 < _lastFirst && after.Offset > widest.Offset;
            if (isBetterEpoch || isFurtherBack || isKept)
                widest = after;
        }

        return widest;
    }

    private HistoryPage? ServeFromSegments(HistoryRequest request)
    {
        var highest = room.Highest;
        foreach (var segment in _segments)
        {
            var lifetime = request.After is null ? Spacing : Lifetime;
            if (time.GetElapsedTime(segment.ReadAt) < lifetime && segment.ServeLater(request, highest) is { } page)
                return page;
        }

        return null;
    }

    private void ForgetOldSegments()
    {
        while (_segments.TryPeek(out var oldest) && time.GetElapsedTime(oldest.ReadAt) > Lifetime)
            budget.Return(_segments.Dequeue().Bytes);
    }
}
