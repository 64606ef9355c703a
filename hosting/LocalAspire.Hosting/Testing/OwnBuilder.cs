using Aspire.Hosting;
using LocalAspire.Building;

namespace LocalAspire.Testing;

/// <summary>The builder of an app that a test puts together by itself.</summary>
internal sealed class OwnBuilder : TestingBuilder
{
    private readonly DistributedApplicationBuilder _inner;

    public OwnBuilder(string[] arguments) : this(new DistributedApplicationBuilder(new DistributedApplicationOptions { Args = arguments }, underTest: true))
    {
    }

    private OwnBuilder(DistributedApplicationBuilder inner) : base(inner) => _inner = inner;

    public override Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default) => Task.FromResult(_inner.Build());

    public override void Dispose()
    {
    }
}
