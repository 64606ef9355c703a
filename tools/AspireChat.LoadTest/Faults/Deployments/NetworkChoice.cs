namespace AspireChat.LoadTest.Faults.Deployments;

/// <summary>How instances are cut off from Redis.</summary>
internal enum NetworkChoice
{
    /// <summary>In network namespaces where this process may make them, else by a proxy.</summary>
    Auto,

    /// <summary>In network namespaces, or not at all.</summary>
    Namespaces,

    /// <summary>By a proxy.</summary>
    Proxy,
}
