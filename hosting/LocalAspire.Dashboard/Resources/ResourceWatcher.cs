using Grpc.Core;
using LocalAspire.Protos.ResourceService.V1;

namespace LocalAspire.Dashboard.Resources;

/// <summary>Keeps <see cref="AppResources"/> as the app host has them, and comes back whenever the connection goes.</summary>
internal sealed class ResourceWatcher(ResourceServiceChannel channel, AppResources resources, TimeProvider time, ILogger<ResourceWatcher> logger) : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (channel.Client is not { } client) return;

        var (wasConnected, pause) = (false, FirstPause);
        resources.SetConnection(AppConnection.Connecting);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await WatchAsync(client, wasConnected, () => (wasConnected, pause) = (true, FirstPause), stoppingToken);
            }
            catch (RpcException exception) when (!stoppingToken.IsCancellationRequested)
            {
                if (pause == FirstPause) logger.ConnectionFailed(exception.StatusCode, exception.Status.Detail);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            if (wasConnected) resources.SetConnection(AppConnection.Lost);
            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task WatchAsync(DashboardService.DashboardServiceClient client, bool isReconnect, Action connected, CancellationToken cancellationToken)
    {
        var application = await client.GetApplicationInformationAsync(new ApplicationInformationRequest(), channel.Headers, cancellationToken: cancellationToken);
        resources.SetApplicationName(application.ApplicationName);

        using var call = client.WatchResources(new WatchResourcesRequest { IsReconnect = isReconnect }, channel.Headers, cancellationToken: cancellationToken);
        await foreach (var update in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            connected();
            if (resources.Connection != AppConnection.Connected)
            {
                logger.Connected(application.ApplicationName);
                resources.SetConnection(AppConnection.Connected);
            }

            Take(update);
        }
    }

    private void Take(WatchResourcesUpdate update)
    {
        switch (update.KindCase)
        {
            case WatchResourcesUpdate.KindOneofCase.InitialData:
                resources.Replace(update.InitialData.Resources.Select(ResourceReader.Read));
                break;
            case WatchResourcesUpdate.KindOneofCase.Changes:
                // In the order sent: a resource that is deleted and comes back within one update must stay.
                foreach (var change in update.Changes.Value)
                {
                    if (change.KindCase == WatchResourcesChange.KindOneofCase.Upsert) resources.Update([ResourceReader.Read(change.Upsert)], []);
                    else if (change.KindCase == WatchResourcesChange.KindOneofCase.Delete) resources.Update([], [change.Delete.ResourceName]);
                }

                break;
        }
    }
}
