namespace AspireChat.ChatServer.Rebalancing;

internal static partial class RebalancingLog
{
    [LoggerMessage(LogLevel.Information, "{Own} connections here, {Average:0.#} on the average instance, {Lightest} to {Heaviest} in all: unless that changes, some are asked to move.")]
    public static partial void Uneven(this ILogger logger, int own, double average, int lightest, int heaviest);

    [LoggerMessage(LogLevel.Information, "The connections are spread evenly: {Own} here, {Average:0.#} on the average instance.")]
    public static partial void Even(this ILogger logger, int own, double average);

    [LoggerMessage(LogLevel.Warning, "Moving connections does not help: {Own} here, still {Lightest} on the instance with the fewest. It is left alone for a while. Do clients come through a load balancer that knows every instance?")]
    public static partial void MovedInVain(this ILogger logger, int own, int lightest);

    [LoggerMessage(LogLevel.Error, "A look at the spread of connections failed; the next one follows.")]
    public static partial void LookFailed(this ILogger logger, Exception exception);
}
