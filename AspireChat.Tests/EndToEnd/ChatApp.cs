using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AspireChat.Tests.EndToEnd;

/// <summary>The real app, run by its app host for a test: all of its processes, on ports of their own.</summary>
internal sealed class ChatApp : IAsyncDisposable
{
    /// <summary>For a machine that builds and tests other things at the same time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly ResourceLogs _logs;

    private ChatApp(DistributedApplication app, IReadOnlyList<string> instances, string adminKey, string apiKey, ResourceLogs logs)
    {
        App = app;
        Instances = instances;
        AdminKey = adminKey;
        ApiKey = apiKey;
        _logs = logs;
    }

    public DistributedApplication App { get; }

    /// <summary>The names of the chat servers that run: <c>chat-1</c> and so on.</summary>
    public IReadOnlyList<string> Instances { get; }

    public string AdminKey { get; }

    public string ApiKey { get; }

    public Uri Gateway => App.GetEndpoint("gateway", "http");

    /// <summary>Where WebSockets are opened through the gateway.</summary>
    public Uri GatewaySocket => SocketOf(Gateway);

    /// <summary>Starts it, and waits until all of it is healthy.</summary>
    /// <param name="args">The app host's command line: <c>--Parameters:backplane=pubsub</c>.</param>
    public static Task<ChatApp> StartAsync(params string[] args) => StartAsync(_ => { }, args);

    /// <param name="configure">Changes the app's model before it is built.</param>
    /// <param name="args">The app host's command line.</param>
    public static async Task<ChatApp> StartAsync(Action<IDistributedApplicationBuilder> configure, params string[] args)
    {
        var adminKey = RandomNumberGenerator.GetHexString(32);
        var apiKey = RandomNumberGenerator.GetHexString(32);
        string[] all = [$"--Parameters:admin-key={adminKey}", $"--Parameters:api-key={apiKey}", .. args];

        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AspireChat_AppHost>(all, TestContext.Current.CancellationToken);
        configure(builder);
        List<IResource> running = [.. builder.Resources.Where(resource => resource is ProjectResource or RedisResource && !StartsByHand(resource))];
        var app = await builder.BuildAsync(TestContext.Current.CancellationToken);

        string[] instances = [.. running.Select(resource => resource.Name).Where(name => name.StartsWith("chat-", StringComparison.Ordinal))];
        var chat = new ChatApp(app, instances, adminKey, apiKey, new ResourceLogs(app, running));
        try
        {
            await app.StartAsync(TestContext.Current.CancellationToken);
            foreach (var resource in running)
                await chat.WaitUntilHealthyAsync(resource.Name);
            await chat.WaitUntilRoutedToAsync();
            return chat;
        }
        catch
        {
            await chat.DisposeAsync();
            throw;
        }
    }

    public Uri Instance(string name) => App.GetEndpoint(name, "http");

    /// <summary>Where WebSockets are opened at one chat server.</summary>
    public Uri Socket(string instance) => SocketOf(Instance(instance));

    /// <summary>The caller's to dispose of.</summary>
    public HttpClient CreateClient(string resource = "gateway") => App.CreateHttpClient(resource, "http");

    public async Task<string> RedisConnectionStringAsync() =>
        await App.GetConnectionStringAsync("redis", TestContext.Current.CancellationToken) ?? throw new InvalidOperationException("The app has no Redis.");

    /// <summary>Switches the mode on every instance.</summary>
    /// <returns>The answer: the mode, and the instances that work in it.</returns>
    public async Task<JsonElement> SwitchAsync(string mode)
    {
        using var response = await AskToSwitchAsync(mode);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    /// <returns>Whether every instance that has a lease has confirmed.</returns>
    public async Task<bool> TrySwitchAsync(string mode)
    {
        using var response = await AskToSwitchAsync(mode);
        return response.IsSuccessStatusCode;
    }

    public Task StartResourceAsync(string resource) => RunCommandAsync(resource, "start");

    public Task StopResourceAsync(string resource) => RunCommandAsync(resource, "stop");

    /// <summary>Returns once it is healthy again.</summary>
    public async Task RestartAsync(string resource)
    {
        await RunCommandAsync(resource, "restart");
        await WaitUntilHealthyAsync(resource);
    }

    /// <summary>Ends the process with SIGKILL; returns once the app host has noticed.</summary>
    public async Task KillAsync(string resource)
    {
        using var process = System.Diagnostics.Process.GetProcessById(await ProcessIdAsync(resource));
        process.Kill();
        await WaitUntilEndedAsync(resource);
    }

    public Task WaitUntilEndedAsync(string resource) =>
        WaitForAsync(resource, "it has ended", change => KnownResourceStates.TerminalStates.Contains(change.Snapshot.State?.Text));

    /// <summary>Starts or restarts it unless it is healthy: for tests that share an app and break it.</summary>
    public async Task EnsureRunningAsync(string resource)
    {
        var current = await WaitForAsync(resource, "it is known", _ => true);
        if (current.Snapshot.HealthStatus != HealthStatus.Healthy)
            await RunCommandAsync(resource, KnownResourceStates.TerminalStates.Contains(current.Snapshot.State?.Text) ? "start" : "restart");
        await WaitUntilHealthyAsync(resource);
    }

    public async Task<int> ProcessIdAsync(string resource)
    {
        var running = await WaitForAsync(resource, "it runs", change => change.Snapshot.State?.Text == KnownResourceStates.Running);
        return Convert.ToInt32(running.Snapshot.Properties.Single(property => property.Name == "executable.pid").Value, CultureInfo.InvariantCulture);
    }

    public Task WaitUntilHealthyAsync(string resource) =>
        WaitForAsync(resource, "it is healthy", change => change.Snapshot.HealthStatus == HealthStatus.Healthy);

    /// <summary>Returns once the gateway gives connections to every instance: its own probes see one a moment after the app host does.</summary>
    public Task WaitUntilRoutedToAsync() => WaitUntilRoutedToAsync(Instances);

    /// <inheritdoc cref="WaitUntilRoutedToAsync()"/>
    public async Task WaitUntilRoutedToAsync(IEnumerable<string> instances)
    {
        using var client = CreateClient();
        await Eventually.Is($"the gateway routes to {string.Join(", ", instances)}", async () =>
        {
            var surroundings = await client.GetFromJsonAsync<JsonElement>("/lab/surroundings", TestContext.Current.CancellationToken);
            var healthy = surroundings.GetProperty("instances").EnumerateArray()
                .Where(instance => instance.GetProperty("healthy").GetBoolean())
                .Select(instance => instance.GetProperty("name").GetString());
            return !instances.Except(healthy).Any();
        });
    }

    /// <summary>Runs one of the commands that the app host gives to a resource, and fails where it does, or where it takes too long.</summary>
    public async Task RunCommandAsync(string resource, string command)
    {
        var current = await WaitForAsync(resource, "it is known", _ => true);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        var result = await App.ResourceCommands.ExecuteCommandAsync(current.Resource, command, patience.Token);
        Assert.True(result.Success, $"The command '{command}' of '{resource}' failed: {result.ErrorMessage}\n{_logs.Tail(resource)}");
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await _logs.DisposeAsync();
    }

    private async Task<HttpResponseMessage> AskToSwitchAsync(string mode)
    {
        using var client = CreateClient();
        client.DefaultRequestHeaders.Add("X-Admin-Key", AdminKey);
        return await client.PutAsJsonAsync("/admin/backplane", new { mode }, TestContext.Current.CancellationToken);
    }

    private async Task<ResourceEvent> WaitForAsync(string resource, string reason, Func<ResourceEvent, bool> condition)
    {
        try
        {
            return await App.ResourceNotifications.WaitForResourceAsync(resource, condition, TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Waited {Patience.TotalSeconds:0} s for '{resource}' in vain until {reason}. Its log:\n{_logs.Tail(resource)}");
        }
    }

    private static bool StartsByHand(IResource resource) =>
        resource.Annotations.OfType<ExplicitStartupAnnotation>().Any();

    private static Uri SocketOf(Uri address) => new UriBuilder(address) { Scheme = "ws", Path = "/ws" }.Uri;
}
