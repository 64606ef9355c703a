namespace AspireChat.ChatServer.Backplane.Canary;

internal static partial class CanaryLog
{
    [LoggerMessage(LogLevel.Warning, "A beat of the canary was not heard on this instance: everything is subscribed anew.")]
    public static partial void CanaryMissed(this ILogger logger);

    [LoggerMessage(LogLevel.Error, "The canary is not heard: {Trouble}. This instance is unready until it is.")]
    public static partial void CanaryUnheard(this ILogger logger, string trouble);

    [LoggerMessage(LogLevel.Information, "The canary is heard again.")]
    public static partial void CanaryHeard(this ILogger logger);

    [LoggerMessage(LogLevel.Error, "The canary failed and goes on.")]
    public static partial void CanaryFailed(this ILogger logger, Exception exception);
}
