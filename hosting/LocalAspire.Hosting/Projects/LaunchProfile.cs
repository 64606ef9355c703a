using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace LocalAspire.Projects;

/// <summary>A profile of a project's <c>launchSettings.json</c>: variables and addresses for development.</summary>
internal sealed class LaunchProfile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        AllowTrailingCommas = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    public string? CommandName { get; init; }

    public string? ApplicationUrl { get; init; }

    public Dictionary<string, string> EnvironmentVariables { get; init; } = [];

    /// <param name="profileName">Null for the first that runs the project.</param>
    /// <exception cref="DistributedApplicationException">There is no profile of that name, or the file cannot be read.</exception>
    public static LaunchProfile? Find(string resourceName, string projectPath, string? profileName)
    {
        var file = Path.Combine(Path.GetDirectoryName(projectPath)!, "Properties", "launchSettings.json");
        var profiles = File.Exists(file) ? Read(resourceName, file) : [];
        if (profileName is null)
            return profiles.Values.FirstOrDefault(profile => profile.CommandName == "Project");

        return profiles.GetValueOrDefault(profileName)
            ?? throw new DistributedApplicationException($"The project '{resourceName}' cannot be added: '{file}' has no launch profile '{profileName}'. Add it there, or name another.");
    }

    public void ApplyTo(IResourceBuilder<ProjectResource> resource)
    {
        foreach (var (name, value) in EnvironmentVariables)
            resource.WithEnvironment(name, value);

        foreach (var address in (ApplicationUrl ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // The stand-in has no development certificate to offer, so it leaves out https.
            if (Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp)
                resource.WithHttpEndpoint(uri.Port);
        }
    }

    private static Dictionary<string, LaunchProfile> Read(string resourceName, string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            return JsonSerializer.Deserialize<LaunchSettings>(stream, Options)?.Profiles ?? [];
        }
        catch (JsonException e)
        {
            throw new DistributedApplicationException($"The project '{resourceName}' cannot be added: '{file}' is not valid JSON, {e.Message} Mend the file.", e);
        }
    }

    private sealed class LaunchSettings
    {
        public Dictionary<string, LaunchProfile> Profiles { get; init; } = [];
    }
}
