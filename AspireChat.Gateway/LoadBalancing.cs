namespace AspireChat.Gateway;

/// <summary>How the gateway chooses the instance for the next request.</summary>
internal enum LoadBalancing
{
    /// <summary>Each in its turn, counted for connections, API and administration apart.</summary>
    RoundRobin,

    /// <summary>The one with the fewest requests in progress; an open WebSocket is one for as long as it lasts.</summary>
    LeastRequests,
}
