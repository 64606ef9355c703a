using System.Net.Http.Json;
using System.Text.Json;

/// <summary>Asks one resource for acts of administration, as the lab does, so that they work alike under any app host.</summary>
internal sealed class Administration(IResourceBuilder<IResourceWithEndpoints> resource, IResourceBuilder<ParameterResource> adminKey)
{
    /// <summary>Longer than a switch of the mode may take to be refused.</summary>
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(20) };

    private readonly EndpointReference _endpoint = resource.GetEndpoint("http");

    public async Task<ExecuteCommandResult> SendAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken) =>
        (await AskAsync(method, path, body, cancellationToken)).Result;

    /// <summary>Also gives what was answered, where it was JSON.</summary>
    public async Task<(ExecuteCommandResult Result, JsonElement Answer)> AskAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(new Uri(_endpoint.Url), path));
        request.Headers.Add("X-Admin-Key", await adminKey.Resource.GetValueAsync(cancellationToken));
        request.Content = body is null ? null : JsonContent.Create(body);
        try
        {
            using var response = await Http.SendAsync(request, cancellationToken);
            var answer = Parse(await response.Content.ReadAsStringAsync(cancellationToken));
            return (response.IsSuccessStatusCode ? CommandResults.Success() : CommandResults.Failure(Reason(response, answer)), answer);
        }
        catch (HttpRequestException exception)
        {
            return (CommandResults.Failure($"'{resource.Resource.Name}' cannot be reached: {exception.Message}"), default);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (CommandResults.Failure($"'{resource.Resource.Name}' did not answer within {Http.Timeout.TotalSeconds:0} s."), default);
        }
    }

    private static JsonElement Parse(string text)
    {
        try
        {
            return text.Length == 0 ? default : JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private string Reason(HttpResponseMessage response, JsonElement answer) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("message", out var message) && message.GetString() is { } reason
            ? reason
            : $"'{resource.Resource.Name}' answered with {(int)response.StatusCode}.";
}
