using System.Globalization;
using System.Text.Json;
using AspireChat.CostGuard.Measuring;
using AspireChat.LoadTest.Processes;

namespace AspireChat.CostGuard;

/// <summary>The ratios to keep, by rate: a small file in the repository.</summary>
internal sealed class RecordedRatios
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly Dictionary<string, double> _ratios;

    private RecordedRatios(Dictionary<string, double> ratios) => _ratios = ratios;

    /// <summary>The file.</summary>
    public static string Path { get; } = System.IO.Path.Combine(Repository.Root, "tools", "AspireChat.CostGuard", "ratios.json");

    /// <exception cref="CannotRunException">There is no file, or it is none of ratios.</exception>
    public static async Task<RecordedRatios> ReadAsync(string path)
    {
        try
        {
            return new RecordedRatios(JsonSerializer.Deserialize<Dictionary<string, double>>(await File.ReadAllTextAsync(path)) ?? []);
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            throw new CannotRunException($"The ratios on record could not be read: {e.Message} Record them: dotnet run -c Release --project tools/AspireChat.CostGuard -- --record.");
        }
    }

    public static Task WriteAsync(string path, IEnumerable<Comparison> comparisons) => File.WriteAllTextAsync(
        path,
        JsonSerializer.Serialize(comparisons.ToDictionary(comparison => KeyOf(comparison.Rate), comparison => Math.Round(comparison.Ratio, 3)), Indented) + "\n");

    /// <exception cref="CannotRunException">None is on record for this rate.</exception>
    public double Of(double rate) => _ratios.TryGetValue(KeyOf(rate), out var ratio)
        ? ratio
        : throw new CannotRunException($"No ratio is on record for {rate} messages a second. Record it: dotnet run -c Release --project tools/AspireChat.CostGuard -- --record.");

    private static string KeyOf(double rate) => string.Create(CultureInfo.InvariantCulture, $"{rate:0.###} msg/s");
}
