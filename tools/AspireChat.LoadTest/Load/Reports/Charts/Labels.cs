using System.Globalization;

namespace AspireChat.LoadTest.Load.Reports.Charts;

/// <summary>Numbers as short as they can be read.</summary>
internal static class Labels
{
    public static string Count(double value) => value switch
    {
        >= 999_500 => Text($"{value / 1e6:0.##} M"),
        >= 10_000 => Text($"{value / 1e3:0.#} k"),
        >= 100 or 0 => Text($"{value:#,0}"),
        _ => Text($"{value:0.##}"),
    };

    public static string Milliseconds(double value) => value switch
    {
        >= 1000 => Text($"{value / 1e3:0.##} s"),
        >= 100 => Text($"{value:0} ms"),
        >= 1 => Text($"{value:0.#} ms"),
        0 => "0",
        _ => Text($"{value * 1e3:0} µs"),
    };

    public static string Seconds(double value) => Text($"{value:0.#} s");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
