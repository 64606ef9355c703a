using AspireChat.Gateway.Instances;
using AspireChat.Gateway.Instances.Discovery;
using AspireChat.Tests.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AspireChat.Tests.Gateway.Discovery;

public sealed class DnsInstancesTests : ILogger<DnsInstances>
{
    private static readonly Instance One = new("chat-1", new Uri("http://127.0.0.1:1"));
    private static readonly Instance Two = new("chat-2", new Uri("http://127.0.0.1:2"));

    private readonly ManualTime _time = new();
    private readonly Lookup _lookup = new();
    private readonly List<string> _log = [];

    [Theory]
    [InlineData(0, 5)]
    [InlineData(12, 12)]
    [InlineData(3600, 30)]
    public async Task It_looks_again_with_the_period_or_when_the_answer_may_have_changed_but_within_half_a_minute(int timeToLive, int expected)
    {
        _lookup.Answer = new([One], TimeSpan.FromSeconds(timeToLive));
        using var instances = await StartAsync();
        await _time.WaitBegunAsync(TimeSpan.FromSeconds(expected));
        Assert.Equal(1, _lookup.Looks);

        _time.Advance(TimeSpan.FromSeconds(expected - 0.1));
        Assert.Equal(1, _lookup.Looks);
        _time.Advance(TimeSpan.FromSeconds(0.1));

        await Eventually.Is("it has looked again", () => _lookup.Looks == 2);
    }

    [Fact]
    public async Task Only_another_set_is_a_change_and_not_another_order()
    {
        _lookup.Answer = new([One, Two], TimeSpan.Zero);
        using var instances = await StartAsync();
        var changed = instances.Changed;

        _lookup.Answer = new([Two, One with { }], TimeSpan.Zero);
        await LookAgainAsync();
        Assert.False(changed.HasChanged);

        _lookup.Answer = new([Two], TimeSpan.Zero);
        await LookAgainAsync();
        await Eventually.Is("the change is told", () => changed.HasChanged);
        Assert.Equal([Two], instances.Read());
    }

    [Fact]
    public async Task Trouble_is_logged_when_it_begins_and_when_it_ends_and_not_with_each_look()
    {
        _lookup.Answer = new([One], TimeSpan.Zero);
        using var instances = await StartAsync();

        _lookup.Answer = null;
        for (var i = 0; i < 3; i++) await LookAgainAsync();
        Assert.Equal("Nobody answers.", instances.Trouble);
        Assert.Equal([One], instances.Read());
        _lookup.Answer = new([One], TimeSpan.Zero);
        await LookAgainAsync();

        await Eventually.Is("the trouble is over", () => instances.Trouble is null);
        Assert.Equal(["Warning: Nobody answers. The 1 instances known before stay, and it is asked again.", "Information: DNS tells of 'chat.test' again: 1 instances."], _log);
    }

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _log.Add($"{logLevel}: {formatter(state, exception)}");

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    private async Task<DnsInstances> StartAsync()
    {
        var instances = new DnsInstances(_lookup, Options.Create(new DiscoveryOptions { Source = DiscoverySource.Dns, Name = "chat.test" }), _time, this);
        await instances.StartAsync(TestContext.Current.CancellationToken);
        return instances;
    }

    private async Task LookAgainAsync()
    {
        var looks = _lookup.Looks;
        await Eventually.Is("it has looked again", () =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return _lookup.Looks > looks;
        });
    }

    /// <summary>DNS, without the network; without an answer it has trouble.</summary>
    private sealed class Lookup : IInstanceLookup
    {
        private int _looks;

        public int Looks => Volatile.Read(ref _looks);

        public FoundInstances? Answer { get; set; }

        public Task<FoundInstances> LookUpAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _looks);
            return Answer is { } answer ? Task.FromResult(answer) : throw new InstancesException("Nobody answers.");
        }
    }
}
