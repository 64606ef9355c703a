using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Hosting;

/// <summary>Knows which mode is on, whoever switched it: the lab does, too. Any instance can tell.</summary>
internal sealed class ModeWatch(ResourceNotificationService notifications, ProjectResource gateway, IReadOnlyList<EndpointReference> chats) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private static readonly HttpClient Http = new() { Timeout = Interval };

    /// <summary>Null while no instance has told.</summary>
    public string? Mode { get; private set; }

    public async Task LookAsync(CancellationToken cancellationToken)
    {
        foreach (var endpoint in chats)
        {
            if (!endpoint.IsAllocated || await ModeOfAsync(endpoint, cancellationToken) is not { } mode)
                continue;

            if (mode != Mode)
            {
                // An update that changes nothing has the states of the commands asked for again.
                Mode = mode;
                await notifications.PublishUpdateAsync(gateway, snapshot => snapshot);
            }

            return;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await LookAsync(stoppingToken);
    }

    private static async Task<string?> ModeOfAsync(EndpointReference endpoint, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(endpoint.Url), "/api/instance"));

        // Of a trace that nobody keeps: looking every other second would fill the list of traces.
        request.Headers.Add("traceparent", "00-6d6f6465776174636800000000000001-6d6f646577617463-00");
        try
        {
            using var response = await Http.SendAsync(request, cancellationToken);
            return response.IsSuccessStatusCode ? (await response.Content.ReadFromJsonAsync<InstanceAnswer>(cancellationToken))?.Backplane : null;
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null; // It does not run, or stands still: another may answer.
        }
    }

    private sealed record InstanceAnswer(string Backplane);
}
