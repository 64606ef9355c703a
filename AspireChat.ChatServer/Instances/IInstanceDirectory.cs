namespace AspireChat.ChatServer.Instances;

/// <summary>The instances that are alive: those whose lease has not ended.</summary>
/// <remarks>Thread-safe. An instance without Redis knows only itself.</remarks>
internal interface IInstanceDirectory
{
    /// <summary>The live instances as of the last beat, so about a second old; this one is always among them. While Redis is away, the last ones known.</summary>
    IReadOnlyList<InstanceStatus> Live { get; }

    /// <summary>Asks for the live instances now.</summary>
    /// <exception cref="Backplane.BackplaneUnavailableException">Redis could not be reached in time.</exception>
    ValueTask<IReadOnlyList<InstanceStatus>> ReadAsync(CancellationToken cancellationToken);
}
