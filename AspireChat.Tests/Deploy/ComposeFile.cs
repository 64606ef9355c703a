using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace AspireChat.Tests.Deploy;

/// <summary><c>deploy/compose.yaml</c>, its anchors resolved, and its variables by their defaults.</summary>
internal sealed partial class ComposeFile
{
    private readonly Dictionary<string, object> _root = new DeserializerBuilder().Build()
        .Deserialize<Dictionary<string, object>>(new MergingParser(new Parser(new StringReader(File.ReadAllText(Path)))));

    public static string Path => SolutionDirectory.Combine("deploy", "compose.yaml");

    public static string ExamplePath => SolutionDirectory.Combine("deploy", ".env.example");

    public IReadOnlyDictionary<string, ComposeService> Services => Map(_root["services"]).ToDictionary(service => service.Key, service => new ComposeService(Map(service.Value)));

    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, object>> Networks => Map(_root["networks"]).ToDictionary(network => network.Key, network => Map(network.Value));

    /// <summary>Those that have no default: whoever starts it must give them.</summary>
    public static IReadOnlySet<string> NeededVariables => Needed().Matches(File.ReadAllText(Path)).Select(match => match.Groups[1].Value).ToHashSet();

    /// <summary>A variable with a default is that; one that must be given stands for itself.</summary>
    public static string Resolve(string text) =>
        Needed().Replace(WithDefault().Replace(text, match => match.Groups[1].Value), "from-elsewhere").Replace("$$", "$", StringComparison.Ordinal);

    public static IReadOnlyDictionary<string, object> Map(object value) =>
        ((Dictionary<object, object>)value).ToDictionary(entry => (string)entry.Key, entry => entry.Value);

    [GeneratedRegex(@"\$\{(\w+):\?[^}]*\}")]
    private static partial Regex Needed();

    [GeneratedRegex(@"\$\{\w+:-([^}]*)\}")]
    private static partial Regex WithDefault();
}
