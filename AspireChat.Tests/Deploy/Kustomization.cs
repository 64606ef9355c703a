using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace AspireChat.Tests.Deploy;

/// <summary>A <c>kustomization.yaml</c>: as much of it as is used here. What is not here is not used by mistake either, as reading it fails.</summary>
internal sealed class Kustomization
{
    private static readonly IDeserializer Reader = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build();

    public string ApiVersion { get; set; } = "";

    public string Kind { get; set; } = "";

    public string Namespace { get; set; } = "";

    public List<string> Resources { get; set; } = [];

    public List<KustomizedImage> Images { get; set; } = [];

    public List<KustomizedMap> ConfigMapGenerator { get; set; } = [];

    public List<KustomizedMap> SecretGenerator { get; set; } = [];

    public List<KustomizedPatch> Patches { get; set; } = [];

    [YamlIgnore]
    public string Folder { get; private set; } = "";

    public static Kustomization Read(string folder)
    {
        var read = Reader.Deserialize<Kustomization>(File.ReadAllText(Path.Combine(folder, "kustomization.yaml")));
        read.Folder = Path.GetFullPath(folder);
        return read;
    }

    /// <summary>This one, and those that its resources name, the deepest first: in the order in which they change what was there before.</summary>
    public IEnumerable<Kustomization> WithBases() =>
        [.. Resources.Select(Resolve).Where(Directory.Exists).SelectMany(folder => Read(folder).WithBases()), this];

    public IEnumerable<string> Manifests => Resources.Select(Resolve).Where(path => !Directory.Exists(path));

    public string Resolve(string path) => Path.GetFullPath(Path.Combine(Folder, path));
}
