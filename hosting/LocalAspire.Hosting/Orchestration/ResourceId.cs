using System.Security.Cryptography;
using Aspire.Hosting.ApplicationModel;

namespace LocalAspire.Orchestration;

/// <summary>
/// Names a resource of one run: its name and some letters. Telemetry carries the same letters as the id of the service
/// instance, so that a dashboard knows what belongs together.
/// </summary>
internal sealed class ResourceIdAnnotation : IResourceAnnotation
{
    private const string Letters = "abcdefghjkmnpqrstuvwxyz";

    public string Suffix { get; } = RandomNumberGenerator.GetString(Letters, 8);
}

internal static class ResourceId
{
    public static string Of(IResource resource) => $"{resource.Name}-{SuffixOf(resource)}";

    public static string SuffixOf(IResource resource) => resource.Annotations.OfType<ResourceIdAnnotation>().First().Suffix;
}
