namespace AspireChat.ChatServer.Connections;

internal static partial class ConnectionsLog
{
    [LoggerMessage(LogLevel.Debug, "Connection {Connection} is closed with {Code} {Reason}.")]
    public static partial void Closing(this ILogger logger, string connection, int code, string reason);

    [LoggerMessage(LogLevel.Warning, "Connection {Connection} is a slow consumer: {Bytes} bytes wait for it, and it has accepted nothing for {Seconds:0.#} s. It is closed with 4000 and can resume.")]
    public static partial void SlowConsumer(this ILogger logger, string connection, int bytes, double seconds);

    [LoggerMessage(LogLevel.Error, "A frame of connection {Connection} could not be handled; the connection is dropped.")]
    public static partial void Failed(this ILogger logger, string connection, Exception exception);

    [LoggerMessage(LogLevel.Error, "Looking after the connections failed; it goes on.")]
    public static partial void SweepFailed(this ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Error, "An upgrade could not be answered.")]
    public static partial void UpgradeFailed(this ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Information, "An upgrade from origin {Origin} was refused: neither allowed nor this server's own, {Own}.")]
    public static partial void OriginRefused(this ILogger logger, string origin, string own);
}
