using Microsoft.Extensions.Logging;

namespace LocalAspire.Orchestration;

internal static partial class OrchestrationLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Waiting for '{Dependency}'.")]
    public static partial void Waiting(ILogger logger, string dependency);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Reason}")]
    public static partial void CannotStart(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Starting failed.")]
    public static partial void Failed(ILogger logger, Exception exception);
}
