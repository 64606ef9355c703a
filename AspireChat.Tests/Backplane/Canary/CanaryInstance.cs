using System.Diagnostics.Metrics;
using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Backplane.Canary;
using AspireChat.ChatServer.Instances;
using AspireChat.ChatServer.Upkeep;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AspireChat.Tests.Backplane.Canary;

/// <summary>The canary of one instance, over a backplane on a real Redis; faster than the real one.</summary>
internal sealed class CanaryInstance : IAsyncDisposable, IBackplaneUser, IInstanceLoad
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly BackplaneInstance _backplane;
    private readonly OwnStatus _own;
    private readonly Pulse _pulse = new(TimeProvider.System);

    public CanaryInstance(BackplaneInstance backplane, string name, CanaryDirectory directory, RedisKeys keys, TimeSpan? interval = null)
    {
        _backplane = backplane;
        Incarnation = Incarnation.Begin(name);
        _own = new OwnStatus(Incarnation, this);
        _own.Applied(backplane.Backplane.Mode, version: 1);
        directory.Statuses.Add(() => _own.Now);
        var factory = _services.GetRequiredService<IMeterFactory>();
        Watch = new CanaryWatch(
            this, directory, _own, Incarnation, backplane.Redis!, keys, new BackplaneMetrics(factory), new CanaryMetrics(factory),
            Options.Create(new CanaryOptions { Interval = interval ?? TimeSpan.FromSeconds(0.5) }), _pulse, TimeProvider.System, NullLogger<CanaryWatch>.Instance);
    }

    public Incarnation Incarnation { get; }

    public CanaryWatch Watch { get; }

    public IBackplane Current => _backplane.Backplane;

    public int Connections => 0;

    public bool Draining => false;

    public bool Hears(string name) => Watch.Ages().ContainsKey(name);

    public ValueTask SwitchAsync(IBackplane next, CancellationToken cancellationToken) => throw new NotSupportedException("The mode stays.");

    public async ValueTask DisposeAsync()
    {
        await Watch.StopAsync(CancellationToken.None);
        Watch.Dispose();
        _pulse.Dispose();
        await _services.DisposeAsync();
    }
}

/// <summary>Who lives, without leases.</summary>
internal sealed class CanaryDirectory : IInstanceDirectory
{
    public List<Func<InstanceStatus>> Statuses { get; } = [];

    public IReadOnlyList<InstanceStatus> Live => [.. Statuses.Select(status => status())];

    public ValueTask<IReadOnlyList<InstanceStatus>> ReadAsync(CancellationToken cancellationToken) => new(Live);
}
