namespace AspireChat.Gateway.Instances.Discovery;

/// <summary>Who tells where the instances are.</summary>
internal enum DiscoverySource
{
    /// <summary>The keys of service discovery, <c>services:{name}:{scheme}:{index}</c>; read again when the configuration changes.</summary>
    Configuration,

    /// <summary>The addresses of one name (A, else AAAA), each an instance on the same port: a headless service of Kubernetes.</summary>
    Dns,

    /// <summary>The SRV records of one name, each an instance with a host and a port of its own.</summary>
    DnsSrv,
}
