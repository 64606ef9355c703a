using Grpc.Core;

namespace LocalAspire.Dashboard.Resources;

/// <summary>What the client of the resource service logs.</summary>
internal static partial class ResourcesLog
{
    [LoggerMessage(LogLevel.Information, "Connected to the app host of {Application}.")]
    public static partial void Connected(this ILogger logger, string application);

    [LoggerMessage(LogLevel.Warning, "The app host's resource service does not answer ({Status}: {Detail}). Trying again.")]
    public static partial void ConnectionFailed(this ILogger logger, StatusCode status, string detail);

    [LoggerMessage(LogLevel.Warning, "Command {Command} on {Resource} got no answer ({Status}: {Detail}).")]
    public static partial void CommandFailed(this ILogger logger, string command, string resource, StatusCode status, string detail);
}
