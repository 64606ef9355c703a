using Aspire.Hosting.ApplicationModel;
using LocalAspire.Building;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>An app: its resources run from its start to its stop, or to the end of this process, however that comes about.</summary>
public class DistributedApplication : IHost, IAsyncDisposable
{
    private const int Failure = 1;

    private readonly IHost _host;
    private bool _started;

    internal DistributedApplication(IHost host) => _host = host;

    public IServiceProvider Services => _host.Services;

    public ResourceNotificationService ResourceNotifications => Services.GetRequiredService<ResourceNotificationService>();

    public ResourceCommandService ResourceCommands => Services.GetRequiredService<ResourceCommandService>();

    public static IDistributedApplicationBuilder CreateBuilder() => CreateBuilder([]);

    public static IDistributedApplicationBuilder CreateBuilder(string[] args) => CreateBuilder(new DistributedApplicationOptions { Args = args });

    public static IDistributedApplicationBuilder CreateBuilder(DistributedApplicationOptions options) => new DistributedApplicationBuilder(options);

    public void Run() => RunAsync().GetAwaiter().GetResult();

    /// <summary>Runs until it is asked to stop. What a person has to mend is printed, and is exit code 1; it is not thrown.</summary>
    public virtual async Task RunAsync(CancellationToken cancellationToken = default)
    {
        await using (this)
        {
            try
            {
                await StartAsync(cancellationToken);
                await this.WaitForShutdownAsync(cancellationToken);
            }
            catch (DistributedApplicationException e)
            {
                await Console.Error.WriteLineAsync(e.Message);
                Environment.ExitCode = Failure;
            }
            catch (OperationCanceledException) when (Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested)
            {
                // Asked to stop while it was starting.
            }
        }
    }

    /// <summary>Returns once the resources have begun to start; <see cref="ResourceNotifications"/> tell how they fare.</summary>
    /// <exception cref="DistributedApplicationException">The app cannot start on this machine, or not at all; the message says why.</exception>
    public virtual Task StartAsync(CancellationToken cancellationToken = default)
    {
        _started = true;
        return _host.StartAsync(cancellationToken);
    }

    public virtual Task StopAsync(CancellationToken cancellationToken = default)
    {
        _started = false;
        return _host.StopAsync(cancellationToken);
    }

    public virtual void Dispose()
    {
        DisposeAsync().AsTask().GetAwaiter().GetResult();
        GC.SuppressFinalize(this);
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (_started)
            await StopAsync();

        await ((IAsyncDisposable)_host).DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
