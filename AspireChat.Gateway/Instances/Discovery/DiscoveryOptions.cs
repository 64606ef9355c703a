using System.ComponentModel.DataAnnotations;
using System.Net;

namespace AspireChat.Gateway.Instances.Discovery;

/// <summary>Where the gateway learns of instances that come and go while it runs. Times are <c>hh:mm:ss</c>.</summary>
internal sealed class DiscoveryOptions : IValidatableObject
{
    public const string SectionName = "Gateway:Discovery";

    private const int DnsPort = 53;

    /// <summary>
    /// Who tells where the instances are: <c>Configuration</c> (the addresses under <c>services</c>), <c>Dns</c> (every address of <see cref="Name"/>) or
    /// <c>DnsSrv</c> (every SRV record of it). Default <c>Configuration</c>.
    /// </summary>
    [EnumDataType(typeof(DiscoverySource), ErrorMessage = "Gateway:Discovery:Source is not a known source; set it to Configuration, Dns or DnsSrv.")]
    public DiscoverySource Source { get; set; } = DiscoverySource.Configuration;

    /// <summary>
    /// The name that DNS is asked for, fully qualified: <c>chat.default.svc.cluster.local</c>, with <c>DnsSrv</c>
    /// <c>_http._tcp.chat.default.svc.cluster.local</c>. No default; needed with both of them.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>The port of every instance, with <c>Dns</c>; SRV records have their own. 1 to 65535, default 8080.</summary>
    [Range(1, 65535, ErrorMessage = "Gateway:Discovery:Port must be between 1 and 65535.")]
    public int Port { get; set; } = 8080;

    /// <summary>How instances found by DNS are spoken to: <c>http</c> or <c>https</c>. Default <c>http</c>.</summary>
    [Required(ErrorMessage = "Gateway:Discovery:Scheme must be http or https.")]
    [RegularExpression("^https?$", ErrorMessage = "Gateway:Discovery:Scheme must be http or https.")]
    public string Scheme { get; set; } = Uri.UriSchemeHttp;

    /// <summary>
    /// How often DNS is asked; less often where its answer says that it stays true for longer (TTL), up to 30 s. 0.1 s to 10 min, default 5 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00", ErrorMessage = "Gateway:Discovery:Refresh must be between 00:00:00.1 and 00:10:00.")]
    public TimeSpan Refresh { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a name server may take to answer; it is asked twice. 0.1 to 30 s, default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:30", ErrorMessage = "Gateway:Discovery:Timeout must be between 00:00:00.1 and 00:00:30.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The name server that is asked, an address with or without a port: <c>10.96.0.10:53</c>. Default: those of the system.</summary>
    public string? NameServer { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Source is not DiscoverySource.Configuration && Uri.CheckHostName(Name?.TrimEnd('.').Replace('_', 'x')) is not UriHostNameType.Dns)
            yield return new ValidationResult($"Gateway:Discovery:Name is '{Name}', which is no name that DNS can be asked for; write it like {Example}.");

        if (NameServer is { Length: > 0 } && ReadNameServer() is null)
            yield return new ValidationResult($"Gateway:Discovery:NameServer is '{NameServer}', which is not an address; write it like 10.96.0.10 or 10.96.0.10:53.");
    }

    /// <returns>Null: those of the system.</returns>
    public IPEndPoint? ReadNameServer()
    {
        if (IPAddress.TryParse(NameServer, out var address))
            return new IPEndPoint(address, DnsPort);
        return IPEndPoint.TryParse(NameServer ?? "", out var endPoint) ? endPoint : null;
    }

    private string Example => Source is DiscoverySource.DnsSrv ? "_http._tcp.chat.default.svc.cluster.local" : "chat.default.svc.cluster.local";
}
