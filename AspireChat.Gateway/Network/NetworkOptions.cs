using System.ComponentModel.DataAnnotations;
using System.Net;

namespace AspireChat.Gateway.Network;

/// <summary>Whose word counts for where a request came from.</summary>
internal sealed class NetworkOptions : IValidatableObject
{
    public const string SectionName = "Gateway";

    /// <summary>
    /// Addresses and networks of proxies in front of the gateway, separated by commas, whose <c>X-Forwarded-For</c>, <c>-Proto</c> and
    /// <c>-Host</c> count: <c>10.0.0.7, 10.1.0.0/16</c>. Default: none, as the gateway is what clients reach first.
    /// </summary>
    public string TrustedProxies { get; set; } = "";

    public IReadOnlyList<IPNetwork> TrustedNetworks => [.. Parts().Select(Parse).OfType<IPNetwork>()];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from part in Parts()
        where Parse(part) is null
        select new ValidationResult($"Gateway:TrustedProxies has '{part}', which is neither an address nor a network; write it like 10.0.0.7 or 10.1.0.0/16.", [nameof(TrustedProxies)]);

    private string[] Parts() => TrustedProxies.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static IPNetwork? Parse(string part)
    {
        if (IPNetwork.TryParse(part, out var network)) return network;
        return IPAddress.TryParse(part, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8) : null;
    }
}
