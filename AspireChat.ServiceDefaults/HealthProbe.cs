namespace Microsoft.Extensions.Hosting;

/// <summary>
/// Has the program of a container ask the one that runs there already how it is. An image without a shell has nothing else that could, and Docker, unlike
/// Kubernetes, does not ask from outside.
/// </summary>
public static class HealthProbe
{
    /// <summary>The program's only argument, when it is to do that and nothing else.</summary>
    public const string Argument = "--is-healthy";

    /// <summary>Asks <c>/health</c> at the port that the container's environment names; the answer goes to the output.</summary>
    /// <returns>The exit code: 0, ready (or degraded, and serving); 1, not.</returns>
    public static async Task<int> AskAsync()
    {
        var port = Environment.GetEnvironmentVariable("ASPNETCORE_HTTP_PORTS")?.Split(';')[0] ?? "8080";
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            using var answer = await client.GetAsync(new Uri($"http://localhost:{port}/health"));
            Console.WriteLine(await answer.Content.ReadAsStringAsync());
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            Console.WriteLine(exception.Message);
            return 1;
        }
    }
}
