using System.Diagnostics.CodeAnalysis;
using AspireChat.ChatServer.Backplane;
using Microsoft.Extensions.Options;

namespace AspireChat.ChatServer.Rooms;

/// <summary>
/// The backplane in use, and a gate before it. A switch closes the gate and waits until nobody uses the former any more; who comes meanwhile waits,
/// so that no message is published where nobody listens and no room is in two modes at once.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class ActiveBackplane(IOptions<ChatOptions> options, TimeProvider time)
{
    /// <summary>How long a use is held up by a switch before it is refused.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private int _uses;
    private TaskCompletionSource? _whenUnused;
    private TaskCompletionSource? _whenOpen;

    public IBackplane Current { get; private set; } = new NoBackplane(BackplaneModeNames.Parse(options.Value.Backplane));

    /// <summary>Begins a use at once, unless a switch is under way.</summary>
    public bool TryUse([MaybeNullWhen(false)] out BackplaneUse use)
    {
        lock (_gate)
        {
            if (_whenOpen is not null)
            {
                use = default;
                return false;
            }

            _uses++;
            use = new BackplaneUse(this, Current);
            return true;
        }
    }

    /// <summary>Begins a use, after a switch that is under way.</summary>
    /// <exception cref="BackplaneUnavailableException">The switch has taken over 2 s.</exception>
    public async ValueTask<BackplaneUse> UseAsync(CancellationToken cancellationToken)
    {
        BackplaneUse use;
        while (!TryUse(out use))
        {
            await WhenOpen(cancellationToken);
        }

        return use;
    }

    /// <summary>Closes the gate; returns once nobody uses the backplane.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        Task unused;
        lock (_gate)
        {
            _whenOpen ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            unused = _uses == 0 ? Task.CompletedTask : (_whenUnused = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }

        try
        {
            await unused.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Open(Current);
            throw;
        }
    }

    /// <summary>Opens the gate to a backplane.</summary>
    public void Open(IBackplane backplane)
    {
        TaskCompletionSource? whenOpen;
        lock (_gate)
        {
            Current = backplane;
            (whenOpen, _whenOpen, _whenUnused) = (_whenOpen, null, null);
        }

        whenOpen?.SetResult();
    }

    internal void EndUse()
    {
        lock (_gate)
        {
            if (--_uses == 0)
            {
                _whenUnused?.TrySetResult();
            }
        }
    }

    private async Task WhenOpen(CancellationToken cancellationToken)
    {
        Task open;
        lock (_gate)
        {
            open = _whenOpen?.Task ?? Task.CompletedTask;
        }

        try
        {
            await open.WaitAsync(MaxWait, time, cancellationToken);
        }
        catch (TimeoutException exception)
        {
            throw new BackplaneUnavailableException("A switch of the backplane takes longer than 2 s.", exception);
        }
    }
}
