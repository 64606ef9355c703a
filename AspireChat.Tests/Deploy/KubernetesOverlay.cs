using k8s;
using k8s.Models;

namespace AspireChat.Tests.Deploy;

/// <summary>What <c>kubectl apply -k</c> would make of an overlay, as far as it is looked at here: its objects, settings and secrets.</summary>
internal sealed class KubernetesOverlay
{
    private readonly Kustomization[] _kustomizations;

    public KubernetesOverlay(string name)
    {
        Root = Kustomization.Read(Path.Combine(Folder, "overlays", name));
        _kustomizations = [.. Root.WithBases()];
        Objects = [.. _kustomizations.SelectMany(kustomization => kustomization.Manifests).SelectMany(ReadStrictly)];
    }

    public static string Folder => SolutionDirectory.Combine("deploy", "kubernetes");

    public static TheoryData<string> Names => [.. Directory.EnumerateDirectories(Path.Combine(Folder, "overlays")).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    public Kustomization Root { get; }

    public IReadOnlyList<IKubernetesObject<V1ObjectMeta>> Objects { get; }

    /// <summary>Everything that runs pods, by its name.</summary>
    public IReadOnlyDictionary<string, V1PodTemplateSpec> Pods => Objects
        .Select(thing => (thing.Metadata.Name, Template: thing switch
        {
            V1StatefulSet set => set.Spec.Template,
            V1Deployment deployment => deployment.Spec.Template,
            V1Job job => job.Spec.Template,
            _ => null,
        }))
        .Where(pod => pod.Template is not null)
        .ToDictionary(pod => pod.Name, pod => pod.Template!);

    /// <summary>Whatever Kubernetes does not know is refused.</summary>
    public static IEnumerable<IKubernetesObject<V1ObjectMeta>> ReadStrictly(string file) =>
        KubernetesYaml.LoadAllFromString(File.ReadAllText(file), strict: true).Cast<IKubernetesObject<V1ObjectMeta>>();

    public T Find<T>(string name) where T : IKubernetesObject<V1ObjectMeta> => Objects.OfType<T>().Single(thing => thing.Metadata.Name == name);

    /// <summary>The settings of a generated config map, the overlay's over the base's.</summary>
    public IReadOnlyDictionary<string, string> SettingsOf(string map)
    {
        var settings = new Dictionary<string, string>();
        foreach (var literal in _kustomizations.SelectMany(kustomization => kustomization.ConfigMapGenerator).Where(generated => generated.Name == map).SelectMany(generated => generated.Literals))
        {
            var (name, value) = Split(literal);
            settings[name] = value;
        }

        return settings;
    }

    public IReadOnlySet<string> MapNames => _kustomizations.SelectMany(kustomization => kustomization.ConfigMapGenerator).Select(map => map.Name).ToHashSet();

    /// <summary>The names in a generated secret, as the example beside it has them.</summary>
    public IReadOnlySet<string> SecretKeys(string secret) => Root.SecretGenerator
        .Where(generated => generated.Name == secret)
        .SelectMany(generated => generated.Envs)
        .SelectMany(file => File.ReadAllLines(Root.Resolve(ExampleOf(file))))
        .Where(line => line.Contains('=', StringComparison.Ordinal) && !line.StartsWith('#'))
        .Select(line => Split(line).Name)
        .ToHashSet();

    public static string ExampleOf(string secretFile) => secretFile.Replace("secrets.env", "secrets.example.env", StringComparison.Ordinal);

    /// <summary>What a container finds in its environment; secrets stand for themselves.</summary>
    public IReadOnlyDictionary<string, string> EnvironmentOf(V1Container container)
    {
        var environment = new Dictionary<string, string>();
        foreach (var (name, value) in (container.EnvFrom ?? []).SelectMany(source => SettingsOf(source.ConfigMapRef.Name)))
            environment[name] = value;
        foreach (var variable in container.Env ?? [])
            environment[variable.Name] = environment.Aggregate(variable.Value ?? "from-elsewhere", (text, known) => text.Replace($"$({known.Key})", known.Value, StringComparison.Ordinal));
        return environment;
    }

    private static (string Name, string Value) Split(string line) => (line[..line.IndexOf('=', StringComparison.Ordinal)], line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..]);
}
