using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace AspireChat.Tests.Hosting;

public sealed class LaunchProfileTests : IDisposable
{
    private const string Settings = """
        {
          // As editors leave it: comments, and a comma too many.
          "profiles": {
            "container": { "commandName": "Docker" },
            "plain": { "commandName": "Project", "applicationUrl": "https://localhost:7001;http://localhost:5001", "environmentVariables": { "COLOUR": "blue" } },
            "other": { "commandName": "Project", "environmentVariables": { "COLOUR": "red" }, },
          },
        }
        """;

    private readonly IDistributedApplicationTestingBuilder _builder = DistributedApplicationTestingBuilder.Create();

    public LaunchProfileTests() => Write(Settings);

    public void Dispose() => Directory.Delete(Project.Directory, recursive: true);

    [Fact]
    public async Task Without_a_name_the_first_profile_that_runs_the_project_counts()
    {
        var resource = _builder.AddProject<Project>("chat").Resource;

        Assert.Equal("blue", await ColourOfAsync(resource));
        var endpoint = Assert.Single(resource.Annotations.OfType<EndpointAnnotation>());
        Assert.Equal(("http", 5001), (endpoint.Name, endpoint.Port));
    }

    [Fact]
    public async Task A_profile_can_be_chosen_by_name()
    {
        var resource = _builder.AddProject<Project>("chat", "other").Resource;

        Assert.Equal("red", await ColourOfAsync(resource));
        Assert.Empty(resource.Annotations.OfType<EndpointAnnotation>());
    }

    [Fact]
    public async Task No_profile_counts_where_none_is_wanted()
    {
        Assert.Null(await ColourOfAsync(_builder.AddProject<Project>("one", launchProfileName: null).Resource));
        Assert.Null(await ColourOfAsync(_builder.AddProject<Project>("two", options => options.ExcludeLaunchProfile = true).Resource));
    }

    [Fact]
    public void A_profile_that_is_missing_is_an_error()
    {
        var error = Assert.Throws<DistributedApplicationException>(() => _builder.AddProject<Project>("chat", "absent"));

        Assert.Equal($"The project 'chat' cannot be added: '{Project.SettingsFile}' has no launch profile 'absent'. Add it there, or name another.", error.Message);
    }

    [Fact]
    public void Settings_that_cannot_be_read_are_an_error()
    {
        Write("{ profiles");

        var error = Assert.Throws<DistributedApplicationException>(() => _builder.AddProject<Project>("chat"));

        Assert.StartsWith($"The project 'chat' cannot be added: '{Project.SettingsFile}' is not valid JSON, ", error.Message);
        Assert.EndsWith(" Mend the file.", error.Message);
    }

    private static async Task<object?> ColourOfAsync(ProjectResource resource)
    {
        var context = new EnvironmentCallbackContext(null!, resource);
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
            annotation.Callback(context);
        return await Task.FromResult(context.EnvironmentVariables.GetValueOrDefault("COLOUR"));
    }

    private static void Write(string settings)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Project.SettingsFile)!);
        File.WriteAllText(Project.SettingsFile, settings);
    }

    private sealed class Project : IProjectMetadata
    {
        public static readonly string Directory = Path.Combine(Path.GetTempPath(), $"launch-profile-{Guid.NewGuid():N}");
        public static readonly string SettingsFile = Path.Combine(Directory, "Properties", "launchSettings.json");

        public string ProjectPath => Path.Combine(Directory, "Project.csproj");
    }
}
