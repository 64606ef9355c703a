using StackExchange.Redis;

namespace AspireChat.ChatServer.Backplane.Redis;

/// <summary>
/// Calls while a slot of a cluster moves from one node to another: a call of several keys of which some are here and some there is refused, and so is one that
/// was sent on and came too early. Nothing was done, so it is asked again for as long as a caller waits, and only then is he told.
/// </summary>
internal static class SlotMove
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(160);
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(1);

    public static async Task<RedisResult> OutlastAsync(Func<Task<RedisResult>> call)
    {
        var (waited, pause) = (TimeSpan.Zero, Pause);
        while (true)
        {
            try
            {
                return await call();
            }
            catch (RedisServerException exception) when (IsUnderWay(exception) && waited < Most)
            {
                await Task.Delay(pause);
                waited += pause;
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    private static bool IsUnderWay(RedisServerException exception) =>
        exception.Kind is RedisErrorKind.TryAgain or RedisErrorKind.Moved or RedisErrorKind.Ask;
}
