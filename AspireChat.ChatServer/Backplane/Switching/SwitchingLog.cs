namespace AspireChat.ChatServer.Backplane.Switching;

internal static partial class SwitchingLog
{
    [LoggerMessage(LogLevel.Information, "The backplane works in mode {Setting}.")]
    public static partial void ModeApplied(this ILogger logger, ModeSetting setting);

    [LoggerMessage(LogLevel.Error, "The mode {Setting} could not be applied; it is tried again at the next look.")]
    public static partial void ModeNotApplied(this ILogger logger, ModeSetting setting, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Redis does not tell the mode; this instance goes on in mode {Setting}.")]
    public static partial void ModeNotRead(this ILogger logger, ModeSetting setting, Exception exception);

    [LoggerMessage(LogLevel.Error, "The key '{Key}' in Redis names the unknown mode '{Mode}'. Set it to local, pubsub or stream, or update this instance.")]
    public static partial void ModeUnknown(this ILogger logger, string key, string mode);

    [LoggerMessage(LogLevel.Warning, "There is no Redis, so this instance works in mode local and not in mode {Mode}. Set ConnectionStrings__redis to join it to others.")]
    public static partial void AloneInModeLocal(this ILogger logger, string mode);
}
