using System.Globalization;

namespace LocalAspire.Dashboard.Components.Elements;

/// <summary>Durations in the unit that leaves three digits.</summary>
public static class DurationText
{
    public static string Of(long nanoseconds) => Math.Abs(nanoseconds) switch
    {
        < 1_000 => Format(nanoseconds, "ns"),
        < 1_000_000 => Format(nanoseconds / 1e3, "µs"),
        < 1_000_000_000 => Format(nanoseconds / 1e6, "ms"),
        < 120_000_000_000 => Format(nanoseconds / 1e9, "s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 60_000_000_000} min {nanoseconds / 1_000_000_000 % 60} s"),
    };

    private static string Format(double value, string unit)
    {
        var digits = Math.Abs(value) switch { < 10 => "0.##", < 100 => "0.#", _ => "0" };
        return $"{value.ToString(digits, CultureInfo.InvariantCulture)} {unit}";
    }
}
