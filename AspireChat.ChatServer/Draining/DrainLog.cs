namespace AspireChat.ChatServer.Draining;

internal static partial class DrainLog
{
    [LoggerMessage(LogLevel.Information, "Draining {Connections} connections within {Seconds:0.#} s.")]
    public static partial void Draining(this ILogger logger, int connections, double seconds);

    [LoggerMessage(LogLevel.Information, "Drained in {Seconds:0.#} s; {Connections} connections were left.")]
    public static partial void Drained(this ILogger logger, int connections, double seconds);
}
