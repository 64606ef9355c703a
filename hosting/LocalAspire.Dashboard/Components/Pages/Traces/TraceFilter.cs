using System.Globalization;
using LocalAspire.Dashboard.Filters;

namespace LocalAspire.Dashboard.Components.Pages.Traces;

/// <summary>What the address calls <c>show</c>: a kind of trace, or the messages that reached so many instances.</summary>
public static class TraceFilter
{
    private const string ReachPrefix = "reach-";

    public static string OfReach(int reach) => ReachPrefix + reach.ToString(CultureInfo.InvariantCulture);

    public static TraceQuery Apply(TraceQuery query, string? show) => show switch
    {
        "messages" => query with { Kind = TraceKind.Messages },
        "others" => query with { Kind = TraceKind.Others },
        "errors" => query with { Kind = TraceKind.Errors },
        not null when show.StartsWith(ReachPrefix, StringComparison.Ordinal) && int.TryParse(show.AsSpan(ReachPrefix.Length), CultureInfo.InvariantCulture, out var reach)
            => query with { Kind = TraceKind.Messages, Reach = reach },
        _ => query,
    };
}
