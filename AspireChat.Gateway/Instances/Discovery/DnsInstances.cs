using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace AspireChat.Gateway.Instances.Discovery;

/// <summary>
/// The instances as DNS tells them, asked again and again. While it does not tell of any, the last known ones stay: whether they live is for the probes to
/// say, and when Redis is lost, an orchestrator takes all of them out of DNS at once.
/// </summary>
internal sealed partial class DnsInstances(
    IInstanceLookup lookup, IOptions<DiscoveryOptions> options, TimeProvider time, ILogger<DnsInstances> logger) : BackgroundService, IInstanceSource
{
    /// <summary>An answer that claims to stay true for longer is not believed: an instance that was added is to be used within a minute.</summary>
    private static readonly TimeSpan LongestTrust = TimeSpan.FromSeconds(30);

    private volatile IReadOnlyList<Instance> _known = [];
    private volatile string? _trouble;
    private ConfigurationReloadToken _changed = new();
    private TimeSpan _nextLook;

    public IChangeToken Changed => Volatile.Read(ref _changed);

    public string? Trouble => _trouble;

    public IReadOnlyList<Instance> Read() => _known;

    /// <summary>Asks for the first time before the gateway listens: else its first requests would find no instance. Without an answer it starts all the same.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        _nextLook = await LookAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(_nextLook, time, stoppingToken);
            _nextLook = await LookAsync(stoppingToken);
        }
    }

    /// <returns>When to look again.</returns>
    private async Task<TimeSpan> LookAsync(CancellationToken cancellationToken)
    {
        var refresh = options.Value.Refresh;
        try
        {
            var found = await lookup.LookUpAsync(cancellationToken);
            if (_trouble is not null)
                LogAnswered(options.Value.Name, found.Instances.Count);

            _trouble = null;
            Use(found.Instances);
            var trusted = found.KeptFor < LongestTrust ? found.KeptFor : LongestTrust;
            return trusted > refresh ? trusted : refresh;
        }
        catch (InstancesException exception)
        {
            if (_trouble is null)
                LogNotTold(exception.Message, _known.Count);

            _trouble = exception.Message;
            return refresh;
        }
    }

    private void Use(IReadOnlyList<Instance> instances)
    {
        // Name servers give the same records in another order each time.
        Instance[] ordered = [.. instances.OrderBy(instance => instance.Name, StringComparer.Ordinal)];
        if (ordered.SequenceEqual(_known))
            return;

        _known = ordered;
        Interlocked.Exchange(ref _changed, new ConfigurationReloadToken()).OnReload();
    }

    [LoggerMessage(LogLevel.Warning, "{Problem} The {Count} instances known before stay, and it is asked again.")]
    private partial void LogNotTold(string problem, int count);

    [LoggerMessage(LogLevel.Information, "DNS tells of '{Name}' again: {Count} instances.")]
    private partial void LogAnswered(string? name, int count);
}
