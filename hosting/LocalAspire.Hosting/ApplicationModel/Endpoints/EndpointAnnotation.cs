using System.Diagnostics;
using System.Net.Sockets;
using LocalAspire.Building;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A port that a resource listens on.</summary>
[DebuggerDisplay("{Name,nq}: {UriScheme,nq} {AllocatedPort}")]
public sealed class EndpointAnnotation : IResourceAnnotation
{
    public EndpointAnnotation(
        ProtocolType protocol,
        string? uriScheme = null,
        string? transport = null,
        string? name = null,
        int? port = null,
        int? targetPort = null,
        bool? isExternal = null,
        bool isProxied = true)
    {
        Protocol = protocol;
        UriScheme = uriScheme ?? protocol.ToString().ToLowerInvariant();
        Transport = transport ?? (UriScheme is "http" or "https" ? "http" : protocol.ToString().ToLowerInvariant());
        Name = name ?? UriScheme;
        Port = port;
        TargetPort = targetPort;
        IsExternal = isExternal ?? false;
        IsProxied = isProxied;
        ModelName.Check("endpoint", Name);
    }

    public string Name { get; set; }

    public string UriScheme { get; set; }

    public string Transport { get; set; }

    public ProtocolType Protocol { get; set; }

    /// <summary>The port that others use; null to have one picked. The stand-in has no proxy: the resource itself listens on it.</summary>
    public int? Port { get; set; }

    /// <summary>The port that the resource listens on; null to have one picked.</summary>
    public int? TargetPort { get; set; }

    /// <summary>Meant for people and programs outside the app.</summary>
    public bool IsExternal { get; set; }

    public bool IsProxied { get; set; }

    /// <summary>The port that it has in this run; null until all are assigned, which is before anything starts.</summary>
    internal int? AllocatedPort { get; set; }

    /// <summary>The variable that tells the resource its port.</summary>
    internal string? PortVariable { get; set; }
}
