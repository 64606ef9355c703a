using StackExchange.Redis;

namespace AspireChat.ChatServer.Backplane;

/// <summary>Tells the exceptions of a Redis that is away, slow or restarting, which pass, from those of our own mistakes, which do not.</summary>
internal static class RedisTrouble
{
    /// <summary>For <c>catch (Exception e) when (RedisTrouble.Explains(e))</c>. Disposed counts: a connection that is being rebuilt is disposed under its users.</summary>
    public static bool Explains(Exception exception) =>
        exception is RedisException or RedisTimeoutException or ObjectDisposedException;

    /// <summary>What the client itself throws where there is no connection.</summary>
    public static RedisConnectionException NotReached(string message) => new(ConnectionFailureType.UnableToConnect, CommandFlags.None, message);
}
