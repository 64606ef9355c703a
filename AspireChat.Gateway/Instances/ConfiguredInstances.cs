using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace AspireChat.Gateway.Instances;

/// <summary>
/// Reads the instances from the keys of service discovery, <c>services:{name}:{scheme}:{index}</c>: what the app host
/// puts in the environment, or whoever runs the gateway alone. Where a service has both schemes, http counts.
/// </summary>
internal sealed class ConfiguredInstances(IConfiguration configuration, IOptions<GatewayOptions> options) : IInstanceSource
{
    private const string SectionName = "services";

    public IChangeToken Changed => configuration.GetReloadToken();

    public string? Trouble => null;

    public IReadOnlyList<Instance> Read()
    {
        var service = options.Value.Service;
        Instance[] instances = [.. configuration.GetSection(SectionName).GetChildren()
            .Where(candidate => IsInstanceOf(service, candidate.Key))
            .SelectMany(AddressesOf)];

        return instances.Length > 0
            ? instances
            : throw new InstancesException(
                $"No instance of '{service}' is configured, so there is nothing to route to; set 'services__{service}-1__http__0' "
                + $"(and 'services__{service}-2__http__0', …) to the addresses of the chat servers, such as http://localhost:5001.");
    }

    private static bool IsInstanceOf(string service, string name) =>
        name.StartsWith(service, StringComparison.OrdinalIgnoreCase)
        && (name.Length == service.Length || name[service.Length] == '-');

    private static IEnumerable<Instance> AddressesOf(IConfigurationSection service)
    {
        var http = service.GetSection(Uri.UriSchemeHttp);
        IConfigurationSection[] addresses = [.. (http.Exists() ? http : service.GetSection(Uri.UriSchemeHttps)).GetChildren()];

        return addresses.Select(address => new Instance(
            addresses.Length == 1 ? service.Key : $"{service.Key}/{address.Key}",
            Parse(address)));
    }

    private static Uri Parse(IConfigurationSection address) =>
        Uri.TryCreate(address.Value, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
            ? uri
            : throw new InstancesException(
                $"'{address.Path}' is '{address.Value}', which is not an absolute http or https address; write it like http://localhost:5001.");
}
