using Aspire.Hosting.ApplicationModel;
using LocalAspire.Dashboard;
using LocalAspire.Guard;
using LocalAspire.Health;
using LocalAspire.Orchestration.Ports;
using LocalAspire.Processes;
using LocalAspire.Reporting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LocalAspire.Orchestration;

internal static class OrchestrationServices
{
    /// <summary>What the app host does, step by step: started in this order, stopped in the opposite one, which the generic host sees to.</summary>
    public static IServiceCollection AddOrchestration(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(Console.Out);
        services.AddState().AddProcesses();

        services.AddHostedService<ConsoleReporter>();
        services.AddHostedService<ModelCheck>();
        services.AddHostedService<ParentWatch>();
        services.AddHostedService<Leftovers>();
        services.AddHostedService(provider => provider.GetRequiredService<AppGuard>());
        services.AddHostedService<PortAssignment>();
        services.AddHostedService<DashboardAddress>();
        services.AddHostedService<ResourceUrls>();
        services.AddHostedService(provider => provider.GetRequiredService<ResourceSupervisors>());
        return services;
    }

    private static IServiceCollection AddState(this IServiceCollection services)
    {
        services.AddSingleton(provider => new ResourceNotificationService(provider, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new ResourceLoggerService(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new ResourceCommandService(
            provider, provider.GetRequiredService<ResourceNotificationService>(), provider.GetRequiredService<ResourceLoggerService>()));
        services.AddSingleton<ResourceRegistration>();
        services.AddSingleton<ConsoleOutput>();
        services.AddSingleton<HttpHealthCheck>();
        services.AddSingleton<HealthWatch>();
        services.AddSingleton<ResourceRuntime>();
        services.AddSingleton<ResourceSupervisors>();
        return services;
    }

    private static IServiceCollection AddProcesses(this IServiceCollection services)
    {
        services.AddSingleton(_ => RunMark.ForThisProcess());
        services.AddSingleton<RunDirectory>();
        services.AddSingleton<AppGuard>();
        services.AddSingleton<PortReservations>();
        services.AddSingleton<ProcessLauncher>();
        return services;
    }
}
