namespace AspireChat.Gateway.Lab;

internal static partial class LabLog
{
    [LoggerMessage(LogLevel.Information, "The lab's code was exchanged for a session; it cannot be used again.")]
    public static partial void SessionOpened(this ILogger logger);

    [LoggerMessage(LogLevel.Warning, "A code for the lab was refused: wrong, used before, or too old.")]
    public static partial void CodeRefused(this ILogger logger);
}
