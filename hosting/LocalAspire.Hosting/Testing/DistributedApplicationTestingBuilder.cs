using LocalAspire.Testing;

namespace Aspire.Hosting.Testing;

/// <summary>Makes the app of an app host for a test: with ports of its own, without dashboard, silent. Several can run at once.</summary>
public static class DistributedApplicationTestingBuilder
{
    /// <typeparam name="TEntryPoint">A type of the app host's assembly.</typeparam>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(CancellationToken cancellationToken = default)
        where TEntryPoint : class =>
        CreateAsync<TEntryPoint>([], cancellationToken);

    /// <param name="args">The command line of the app host.</param>
    public static async Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(string[] args, CancellationToken cancellationToken = default)
        where TEntryPoint : class
    {
        var run = EntryPointRun.Start(typeof(TEntryPoint).Assembly, args);
        return new CapturedBuilder(await run.BuilderAsync(cancellationToken), run);
    }

    /// <summary>An empty app.</summary>
    public static IDistributedApplicationTestingBuilder Create(params string[] args) => new OwnBuilder(args);
}
