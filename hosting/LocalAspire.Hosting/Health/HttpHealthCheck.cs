using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LocalAspire.Health;

/// <summary>Asks a resource by HTTP how it is.</summary>
internal sealed class HttpHealthCheck : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false });

    public async Task<HealthCheckResult> CheckAsync(EndpointReference endpoint, string path, int expectedStatus, CancellationToken cancellationToken)
    {
        var address = new Uri(new Uri(endpoint.Url), path);
        using var response = await _client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        var status = (int)response.StatusCode;
        return status == expectedStatus
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy(string.Create(CultureInfo.InvariantCulture, $"GET {address} was answered with {status} instead of {expectedStatus}."));
    }

    public void Dispose() => _client.Dispose();
}
