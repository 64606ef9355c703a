using AspireChat.Tests.Conformance.Cases;

namespace AspireChat.Tests.Conformance;

/// <summary>All exchanges, by their names.</summary>
internal static class ConformanceCases
{
    private static readonly Dictionary<string, ConformanceCase> ByName = new ConformanceCase[][]
    {
        [.. FramingCases.All()], [.. ControlCases.All()], [.. FragmentationCases.All()], [.. Utf8Cases.All()], [.. CloseCases.All()],
    }.SelectMany(cases => cases).ToDictionary(NameOf);

    public static IEnumerable<string> Names => ByName.Keys;

    public static IEnumerable<ConformanceCase> All => ByName.Values;

    public static ConformanceCase Find(string name) => ByName[name];

    public static string NameOf(ConformanceCase one) => $"{one.Section} {one.Name}";
}
