using System.Collections.Concurrent;

namespace LocalAspire.Dashboard.Components.Elements;

/// <summary>Gives each resource a colour of its own, the same on every page: in the graph, the lists, the waterfall and the charts.</summary>
public sealed class ResourcePalette
{
    /// <summary>How many colours tokens.css has.</summary>
    public const int Size = 10;

    private readonly ConcurrentDictionary<string, int> _numbers = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The number of the colour, from 0.</summary>
    public int NumberOf(string resourceName) => _numbers.GetOrAdd(resourceName, _ => _numbers.Count) % Size;

    /// <summary>As a value of CSS.</summary>
    public string ColorOf(string resourceName) => $"var(--series-{NumberOf(resourceName)})";
}
