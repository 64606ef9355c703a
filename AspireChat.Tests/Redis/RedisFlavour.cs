namespace AspireChat.Tests.Redis;

/// <summary>Which server stands for Redis in a test.</summary>
public enum RedisFlavour
{
    /// <summary>Comes with NuGet restore: always there.</summary>
    Garnet,

    /// <summary><c>redis-server</c>, else <c>valkey-server</c>, from the PATH.</summary>
    Redis,
}
