using System.Globalization;

namespace AspireChat.ScaleModel.Output;

/// <summary>Numbers for people: three figures at most, as more would be pretence.</summary>
internal static class Numbers
{
    public static string Short(double number) => number switch
    {
        0 => "0",
        < 0.01 => number.ToString("0.####", CultureInfo.InvariantCulture),
        < 10 => number.ToString("0.##", CultureInfo.InvariantCulture),
        < 100 => number.ToString("0.#", CultureInfo.InvariantCulture),
        < 1_000 => number.ToString("0", CultureInfo.InvariantCulture),
        _ => (Math.Round(number / Magnitude(number)) * Magnitude(number)).ToString("#,0", CultureInfo.InvariantCulture),
    };

    public static string Whole(double number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Percent(double share) => share.ToString("0%", CultureInfo.InvariantCulture).Replace(" ", "", StringComparison.Ordinal);

    /// <summary>In the unit that fits: B, kB, MB, GB a second.</summary>
    public static string BytesPerSecond(double bytes) => bytes switch
    {
        < 1e3 => $"{Short(bytes)} B/s",
        < 1e6 => $"{Short(bytes / 1e3)} kB/s",
        < 1e9 => $"{Short(bytes / 1e6)} MB/s",
        _ => $"{Short(bytes / 1e9)} GB/s",
    };

    private static double Magnitude(double number) => Math.Pow(10, Math.Floor(Math.Log10(number)) - 2);
}
