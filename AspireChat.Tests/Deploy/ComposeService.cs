namespace AspireChat.Tests.Deploy;

/// <summary>One service of a compose file.</summary>
internal sealed class ComposeService(IReadOnlyDictionary<string, object> keys)
{
    public IEnumerable<string> Keys => keys.Keys;

    public string Image => ComposeFile.Resolve((string)keys["image"]);

    public string Text(string key) => (string)keys[key];

    public IReadOnlyList<string> List(string key) => keys.TryGetValue(key, out var value) ? [.. ((List<object>)value).Cast<string>().Select(ComposeFile.Resolve)] : [];

    public IReadOnlyDictionary<string, string> Environment => keys.TryGetValue("environment", out var environment)
        ? ComposeFile.Map(environment).ToDictionary(variable => variable.Key, variable => ComposeFile.Resolve((string)variable.Value))
        : new Dictionary<string, string>();

    public IReadOnlyList<string> HealthCheck => [.. ((List<object>)ComposeFile.Map(keys["healthcheck"])["test"]).Cast<string>()];

    public bool IsOptional => keys.ContainsKey("profiles");
}
