using LocalAspire.Dashboard.Telemetry;
using Microsoft.AspNetCore.Components;

namespace LocalAspire.Dashboard.Components.Elements;

/// <summary>
/// A page whose content changes by itself. It reads when its address changes and, while nothing holds it, when what it watches
/// changes; never so often that reading would take the time of showing.
/// </summary>
public abstract class LivePage : ComponentBase, IDisposable
{
    private readonly List<IDisposable> _subscriptions = [];
    private string? _asked;

    [Inject] protected NavigationManager Navigation { get; set; } = null!;

    /// <summary>The user paused the page.</summary>
    protected bool IsPaused { get; private set; }

    /// <summary>The user is looking at older rows: new ones must not push them away.</summary>
    protected bool IsAway { get; private set; }

    /// <summary>Something has come that is not shown yet.</summary>
    protected bool HasNews { get; private set; }

    private bool IsHeld => IsPaused || IsAway;

    /// <summary>Takes what is to be shown from the stores.</summary>
    protected abstract void Read();

    /// <summary>Reads again, at most once per interval, whenever the signal is raised.</summary>
    protected void Watch(ChangeSignal signal, int intervalMilliseconds = 300) =>
        _subscriptions.Add(signal.Subscribe(TimeSpan.FromMilliseconds(intervalMilliseconds), () => InvokeAsync(OnChange)));

    protected override void OnParametersSet()
    {
        if (Navigation.Uri == _asked) _asked = null;
        Read();
    }

    protected void SetPaused(bool paused)
    {
        IsPaused = paused;
        CatchUp();
    }

    protected void SetAway(bool away)
    {
        IsAway = away;
        CatchUp();
    }

    /// <summary>Puts values into the address, null taking one out, so that the view can be linked to and gone back to.</summary>
    protected void SetAddress(params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var changes = new Dictionary<string, object?>();
        foreach (var (name, value) in values) changes[name] = value is "" ? null : value;
        // An address takes a while to be the browser's: until then the next change goes on from what was asked for.
        _asked = Navigation.ToAbsoluteUri(Navigation.GetUriWithQueryParameters(_asked ?? Navigation.Uri, changes)).AbsoluteUri;
        Navigation.NavigateTo(_asked, replace: true);
    }

    public virtual void Dispose()
    {
        foreach (var subscription in _subscriptions) subscription.Dispose();
        GC.SuppressFinalize(this);
    }

    private void CatchUp()
    {
        if (!IsHeld && HasNews) Read();
        HasNews &= IsHeld;
    }

    private void OnChange()
    {
        HasNews = IsHeld;
        if (!IsHeld) Read();
        StateHasChanged();
    }
}
