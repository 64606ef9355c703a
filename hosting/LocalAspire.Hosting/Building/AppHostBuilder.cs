using System.Reflection;
using LocalAspire.Orchestration.Ports;
using LocalAspire.Reporting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LocalAspire.Building;

/// <summary>Makes the generic host that carries an app host: its configuration, its logs, its life.</summary>
internal static class AppHostBuilder
{
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(10);

    public static HostApplicationBuilder Create(string[]? arguments, Assembly? assembly, string directory, bool underTest)
    {
        var configuration = new ConfigurationManager();
        configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = underTest ? TestDefaults : Defaults });

        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings
        {
            Args = arguments,
            ApplicationName = assembly?.GetName().Name,
            ContentRootPath = directory,
            Configuration = configuration,
        });

        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // What makes a start fail is told once, in words, by DistributedApplication.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        if (underTest)
        {
            builder.Logging.ClearProviders();
            // The signals of the process are the test runner's.
            builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        }

        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTimeout);
        return builder;
    }

    /// <summary>The weakest of all: anything else may say otherwise.</summary>
    private static Dictionary<string, string?> Defaults => new()
    {
        [HostDefaults.EnvironmentKey] = Environments.Development,
        ["hostBuilder:reloadConfigOnChange"] = "false",
    };

    private static Dictionary<string, string?> TestDefaults => new(Defaults)
    {
        [PortAssignment.RandomizeKey] = "true",
        [ConsoleOutput.ModeKey] = nameof(ConsoleMode.None),
        ["LocalAspire:Dashboard"] = "false",
    };
}
