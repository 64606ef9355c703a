using System.ComponentModel.DataAnnotations;
using System.Net;

namespace AspireChat.ChatServer.Security.Network;

/// <summary>Under which names this server may be reached, and whose word counts for where a request came from.</summary>
internal sealed class NetworkOptions : IValidatableObject
{
    public const string SectionName = "Chat";

    /// <summary>The names of this machine for itself. They cannot be registered, so no foreign page can be served under one (DNS rebinding).</summary>
    public const string LoopbackHosts = "localhost;*.localhost;127.0.0.1;[::1]";

    /// <summary>
    /// Addresses and networks of proxies, separated by commas, whose <c>X-Forwarded-For</c>, <c>-Proto</c> and <c>-Host</c> count: <c>10.0.0.7, 10.1.0.0/16</c>.
    /// Anybody else's are ignored. Default: this machine.
    /// </summary>
    public string TrustedProxies { get; set; } = "127.0.0.0/8, ::1";

    public IReadOnlyList<IPNetwork> TrustedNetworks => [.. Parts().Select(part => Parse(part)!.Value)];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from part in Parts()
        where Parse(part) is null
        select new ValidationResult($"Chat:TrustedProxies has '{part}', which is neither an address nor a network like 10.1.0.0/16.", [nameof(TrustedProxies)]);

    private string[] Parts() => TrustedProxies.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static IPNetwork? Parse(string part)
    {
        if (IPNetwork.TryParse(part, out var network))
            return network;
        return IPAddress.TryParse(part, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8) : null;
    }
}
