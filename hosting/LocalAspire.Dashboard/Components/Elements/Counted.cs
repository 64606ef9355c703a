using System.Globalization;

namespace LocalAspire.Dashboard.Components.Elements;

/// <summary>Numbers of things, in words.</summary>
public static class Counted
{
    /// <summary>As in <c>1 trace</c> and <c>10,000 traces</c>.</summary>
    public static string Of(long count, string one, string? many = null) => $"{Number(count)} {(count == 1 ? one : many ?? Plural(one))}";

    /// <summary>As in <c>12 of 340 traces</c>, or <c>340 traces</c> where all are shown.</summary>
    public static string Of(int shown, int all, string one) => shown == all ? Of(all, one) : $"{Number(shown)} of {Of(all, one)}";

    /// <summary>As in <c> (+12 points not kept)</c>, to follow a number of things; empty where nothing had to go.</summary>
    public static string NotKept(long count, string one) => count == 0 ? "" : $" (+{Of(count, one)} not kept)";

    private static string Plural(string one) => one.EndsWith('y') ? $"{one[..^1]}ies" : one + "s";

    public static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
