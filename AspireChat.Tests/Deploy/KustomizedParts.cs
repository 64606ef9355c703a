namespace AspireChat.Tests.Deploy;

internal sealed class KustomizedImage
{
    public string Name { get; set; } = "";

    public string NewName { get; set; } = "";

    public string NewTag { get; set; } = "";
}

/// <summary>A config map or a secret that kustomize makes.</summary>
internal sealed class KustomizedMap
{
    public string Name { get; set; } = "";

    public string Behavior { get; set; } = "create";

    public List<string> Literals { get; set; } = [];

    public List<string> Files { get; set; } = [];

    public List<string> Envs { get; set; } = [];
}

internal sealed class KustomizedPatch
{
    public KustomizedTarget Target { get; set; } = new();

    public string Patch { get; set; } = "";
}

internal sealed class KustomizedTarget
{
    public string Kind { get; set; } = "";

    public string Name { get; set; } = "";
}
