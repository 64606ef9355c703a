namespace AspireChat.ChatServer.Faults;

internal static partial class FaultsLog
{
    [LoggerMessage(LogLevel.Warning, "A fault was asked for: {Path}.")]
    public static partial void FaultAsked(this ILogger logger, string path);
}
