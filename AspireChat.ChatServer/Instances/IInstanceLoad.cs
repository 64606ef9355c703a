namespace AspireChat.ChatServer.Instances;

/// <summary>What this instance has to do just now. Read once a second from any thread.</summary>
internal interface IInstanceLoad
{
    int Connections { get; }

    /// <summary>It is shutting down and wants no new connections.</summary>
    bool Draining { get; }
}
