using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using LocalAspire.Health;
using LocalAspire.Processes;

namespace LocalAspire.Orchestration;

/// <summary>What the life of a resource needs of its surroundings.</summary>
internal sealed record ResourceRuntime(
    IServiceProvider Services,
    DistributedApplicationExecutionContext ExecutionContext,
    ResourceNotificationService Notifications,
    ResourceLoggerService Loggers,
    ProcessLauncher Launcher,
    HealthWatch Health,
    TimeProvider Time);
