using System.Globalization;
using LocalAspire.Dashboard.Telemetry;
using Microsoft.JSInterop;

namespace LocalAspire.Dashboard.Components.Elements;

/// <summary>The browser of one circuit: its time zone, and what only it can do. A browser that has gone away is no error.</summary>
public sealed class Browser(IJSRuntime script, TimeProvider time) : IAsyncDisposable
{
    private const string ModulePath = "./js/dashboard.js";

    private IJSObjectReference? _module;

    public TimeZoneInfo TimeZone { get; private set; } = time.LocalTimeZone;

    /// <summary>Loads the script and learns the time zone.</summary>
    public async Task StartAsync()
    {
        _module ??= await script.InvokeAsync<IJSObjectReference>("import", ModulePath);
        var zone = await _module.InvokeAsync<string>("timeZone");
        if (TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found)) TimeZone = found;
    }

    public DateTimeOffset Local(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, TimeZone);

    /// <summary>As in <c>14:03:27.512</c>.</summary>
    public string TimeOfDay(Timestamp time) => Local(time.ToDateTimeOffset()).ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);

    /// <summary>As in <c>2026-03-01 14:03:27</c>.</summary>
    public string DateAndTime(DateTimeOffset time) => Local(time).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public Task CopyAsync(string text) => CallAsync("copyText", text);

    public Task DownloadAsync(string fileName, string text) => CallAsync("downloadText", fileName, text);

    /// <summary>Calls a function of the script. Does nothing once the browser is gone.</summary>
    public async Task CallAsync(string function, params object?[] arguments)
    {
        try
        {
            _module ??= await script.InvokeAsync<IJSObjectReference>("import", ModulePath);
            await _module.InvokeVoidAsync(function, arguments);
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            // The circuit ends with its browser.
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_module is not null) await _module.DisposeAsync();
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            // As above.
        }
    }
}
