using Aspire.Hosting;

namespace LocalAspire.Testing;

/// <summary>The builder of an app host whose entry point waits for the test.</summary>
internal sealed class CapturedBuilder(IDistributedApplicationBuilder inner, EntryPointRun run) : TestingBuilder(inner)
{
    private bool _built;

    public override Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default)
    {
        _built = true;
        return run.BuildAsync(cancellationToken);
    }

    public override void Dispose()
    {
        if (!_built)
            run.Abandon();
    }
}
