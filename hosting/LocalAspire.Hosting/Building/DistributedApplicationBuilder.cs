using System.Reflection;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using LocalAspire.Orchestration;
using LocalAspire.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LocalAspire.Building;

/// <inheritdoc cref="IDistributedApplicationBuilder"/>
internal sealed class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private readonly HostApplicationBuilder _host;
    private readonly EntryPointRun? _entryPoint = EntryPointRun.Current;

    public DistributedApplicationBuilder(DistributedApplicationOptions options, bool underTest = false)
    {
        AppHostAssembly = _entryPoint?.Assembly ?? Assembly.GetEntryAssembly();
        AppHostDirectory = DirectoryOf(AppHostAssembly);
        _host = AppHostBuilder.Create(options.Args, AppHostAssembly, AppHostDirectory, underTest || _entryPoint is not null);
    }

    public ConfigurationManager Configuration => _host.Configuration;

    public string AppHostDirectory { get; }

    public Assembly? AppHostAssembly { get; }

    public IHostEnvironment Environment => _host.Environment;

    public IServiceCollection Services => _host.Services;

    public DistributedApplicationExecutionContext ExecutionContext { get; } = new();

    public IResourceCollection Resources { get; } = new ResourceCollection();

    public IResourceBuilder<T> AddResource<T>(T resource) where T : IResource
    {
        Resources.Add(resource);
        return CreateResourceBuilder(resource).WithAnnotation(new ResourceIdAnnotation());
    }

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource) where T : IResource => new ResourceBuilder<T>(this, resource);

    public DistributedApplication Build()
    {
        // A test may still change the model, and takes the app from here on.
        _entryPoint?.AwaitTest(this);

        _host.Services.AddSingleton(ExecutionContext);
        _host.Services.AddSingleton(Resources);
        _host.Services.AddOrchestration();
        var host = _host.Build();
        host.Services.GetRequiredService<ResourceRegistration>().Run();
        var app = new DistributedApplication(host);

        _entryPoint?.HandOver(app);
        return app;
    }

    private static string DirectoryOf(Assembly? assembly) =>
        assembly?.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(attribute => attribute.Key == "LocalAspire:ProjectDirectory")?.Value is { } directory && Directory.Exists(directory)
            ? directory
            : Directory.GetCurrentDirectory();
}
