namespace AspireChat.ChatServer.Security;

internal static partial class SecurityLog
{
    [LoggerMessage(LogLevel.Warning, "A ticket could not be looked up in Redis; its bearer was refused.")]
    public static partial void TicketNotRead(this ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Information, "{Bans} users are banned (version {Version}).")]
    public static partial void BansRead(this ILogger logger, int bans, long version);

    [LoggerMessage(LogLevel.Warning, "The bans could not be read from Redis; those known so far count.")]
    public static partial void BansNotRead(this ILogger logger, Exception exception);
}
