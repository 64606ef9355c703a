using System.Net;

namespace AspireChat.Gateway.Instances.Discovery;

internal static class InstanceAt
{
    /// <summary>An instance at an address, spoken to by the name that it was found under.</summary>
    public static Instance Of(string name, string scheme, IPAddress address, int port, string host) =>
        new(name, new UriBuilder(scheme, address.ToString(), port).Uri) { Host = host };
}
