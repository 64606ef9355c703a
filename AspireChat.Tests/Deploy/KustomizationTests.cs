namespace AspireChat.Tests.Deploy;

public sealed class KustomizationTests
{
    private static readonly string[] NotManifests = ["kustomization.yaml", "otel-collector-config.yaml", "prometheus-adapter-values.yaml"];

    public static TheoryData<string> Folders =>
        [.. Directory.EnumerateFiles(KubernetesOverlay.Folder, "kustomization.yaml", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(KubernetesOverlay.Folder, Path.GetDirectoryName(file)!)).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Manifests =>
        [.. Directory.EnumerateFiles(KubernetesOverlay.Folder, "*.yaml", SearchOption.AllDirectories).Where(file => !NotManifests.Contains(Path.GetFileName(file))).Select(file => Path.GetRelativePath(KubernetesOverlay.Folder, file)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Manifests))]
    public void A_manifest_holds_nothing_that_Kubernetes_does_not_know_and_is_part_of_a_kustomization(string manifest)
    {
        var file = Path.Combine(KubernetesOverlay.Folder, manifest);

        Assert.NotEmpty(KubernetesOverlay.ReadStrictly(file));
        Assert.Contains(Path.GetFileName(file), Kustomization.Read(Path.GetDirectoryName(file)!).Resources);
    }

    [Theory, MemberData(nameof(Folders))]
    public void What_a_kustomization_names_is_there(string folder)
    {
        var kustomization = Kustomization.Read(Path.Combine(KubernetesOverlay.Folder, folder));

        Assert.Equal(("kustomize.config.k8s.io/v1beta1", "Kustomization"), (kustomization.ApiVersion, kustomization.Kind));
        Assert.All(kustomization.Resources, resource => Assert.True(Path.Exists(kustomization.Resolve(resource)), $"{resource} is not there."));
        Assert.All(
            kustomization.ConfigMapGenerator.SelectMany(map => map.Files).Select(file => file.Split('=')[^1]),
            file => Assert.True(File.Exists(kustomization.Resolve(file)), $"{file} is not there."));
        Assert.All(
            kustomization.SecretGenerator.SelectMany(secret => secret.Envs),
            file => Assert.True(File.Exists(kustomization.Resolve(KubernetesOverlay.ExampleOf(file))), $"There is no example of {file}."));
    }

    [Theory, MemberData(nameof(KubernetesOverlay.Names), MemberType = typeof(KubernetesOverlay))]
    public void An_overlay_changes_only_what_its_bases_have(string name)
    {
        var overlay = new KubernetesOverlay(name);
        var bases = overlay.Root.WithBases().Except([overlay.Root]).ToList();

        Assert.Equal(DeployedProgram.All.Select(program => program.Repository), overlay.Root.Images.Select(image => image.Name));
        Assert.All(
            overlay.Root.ConfigMapGenerator.Where(map => map.Behavior == "merge"),
            map => Assert.Contains(map.Name, bases.SelectMany(kustomization => kustomization.ConfigMapGenerator).Select(known => known.Name)));
        Assert.All(
            overlay.Root.Patches,
            patch => Assert.Contains(overlay.Objects, thing => (thing.Kind, thing.Metadata.Name) == (patch.Target.Kind, patch.Target.Name)));
        Assert.Equal(overlay.Objects.Count, overlay.Objects.DistinctBy(thing => (thing.Kind, thing.Metadata.Name)).Count());
    }
}
