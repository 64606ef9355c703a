using System.Diagnostics;
using AspireChat.LoadTest.Auditing;
using AspireChat.LoadTest.Faults.Deployments;

namespace AspireChat.LoadTest.Faults.Measuring;

/// <summary>Looks at a run once a second, and every five at the memory of its processes.</summary>
internal sealed class Sampler : IAsyncDisposable
{
    private const int MemoryEvery = 5;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Deployment _deployment;
    private readonly Audit _audit;
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly List<RunPoint> _points = [];
    private readonly Dictionary<int, ProcessMemory> _memory = [];
    private readonly CancellationTokenSource _over = new();
    private readonly Task _looking;
    private bool _ended;

    public Sampler(Deployment deployment, Audit audit)
    {
        (_deployment, _audit) = (deployment, audit);
        _looking = LookAsync();
    }

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_began);

    /// <summary>Once it has ended.</summary>
    public IReadOnlyList<RunPoint> Points => _points;

    /// <summary>Once it has ended: those that ran at the same time under one name follow each other.</summary>
    public IReadOnlyList<ProcessMemory> Memory => [.. _memory.Values.Where(process => process.Points.Count > 0)];

    public async ValueTask DisposeAsync()
    {
        if (_ended)
            return;

        _ended = true;
        await _over.CancelAsync();
        await _looking;
        _over.Dispose();
    }

    private async Task LookAsync()
    {
        using var timer = new PeriodicTimer(Interval);
        var (at, sent, acknowledged, delivered) = (0d, _audit.Sends, _audit.Acknowledged, _audit.Deliveries);
        try
        {
            for (var look = 0; await timer.WaitForNextTickAsync(_over.Token); look++)
            {
                var now = (At: Elapsed.TotalSeconds, Sent: _audit.Sends, _audit.Acknowledged, Delivered: _audit.Deliveries);
                var seconds = now.At - at;
                _points.Add(new RunPoint(now.At, (now.Sent - sent) / seconds, (now.Acknowledged - acknowledged) / seconds, (now.Delivered - delivered) / seconds));
                (at, sent, acknowledged, delivered) = now;
                if (look % MemoryEvery == 0)
                    LookAtMemory(now.At);
            }
        }
        catch (OperationCanceledException) when (_over.IsCancellationRequested)
        {
        }
    }

    private void LookAtMemory(double at)
    {
        foreach (var (name, id) in _deployment.Processes)
        {
            if (ResidentMemory.Of(id) is not { } bytes)
                continue;

            if (!_memory.TryGetValue(id, out var process))
                _memory.Add(id, process = new ProcessMemory(name, id, []));

            process.Points.Add(new MemoryPoint(at, bytes / 1e6));
        }
    }
}
