using LocalAspire.Guard;
using Microsoft.Extensions.Logging;

namespace LocalAspire.Processes;

internal static partial class ProcessLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Ended process {ProcessId}, which run {Run} had left behind.")]
    public static partial void LeftoverEnded(ILogger logger, int processId, RunMark run);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The directory '{Directory}' of an earlier run cannot be removed: {Reason}")]
    public static partial void LeftoverStays(ILogger logger, string directory, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The guard process {ProcessId} has ended (exit code {ExitCode}): should this app host be killed now, its children would go on. Restart the app to have a guard again.")]
    public static partial void GuardEnded(ILogger logger, int processId, int exitCode);

    [LoggerMessage(Level = LogLevel.Information, Message = "Process {ProcessId} started: {Program}")]
    public static partial void Started(ILogger logger, int processId, string program);

    [LoggerMessage(Level = LogLevel.Information, Message = "Process {ProcessId} was asked to stop.")]
    public static partial void Stopping(ILogger logger, int processId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Process {ProcessId} did not stop within {Seconds} s, and was killed.")]
    public static partial void Killed(ILogger logger, int processId, double seconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "Process {ProcessId} ended with exit code {ExitCode}.")]
    public static partial void Ended(ILogger logger, int processId, int exitCode);
}
