using Aspire.Hosting.ApplicationModel;
using LocalAspire.Building;
using LocalAspire.Processes;
using LocalAspire.Projects;

namespace Aspire.Hosting;

/// <summary>Adds .NET projects.</summary>
public static class ProjectResourceBuilderExtensions
{
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new() =>
        builder.AddProject<TProject>(name, _ => { });

    /// <param name="launchProfileName">Null to take nothing from <c>launchSettings.json</c>.</param>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name, string? launchProfileName)
        where TProject : IProjectMetadata, new() =>
        builder.AddProject<TProject>(name, options =>
        {
            options.LaunchProfileName = launchProfileName;
            options.ExcludeLaunchProfile = launchProfileName is null;
        });

    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name, Action<ProjectResourceOptions> configure)
        where TProject : IProjectMetadata, new()
    {
        var options = new ProjectResourceOptions();
        configure(options);

        var project = new TProject();
        var output = ProjectOutput.Of(typeof(TProject), project.ProjectPath);
        var resource = builder.AddResource(new ProjectResource(name))
            .WithAnnotation<IProjectMetadata>(project)
            .RunsAs("Project", _ => output.Launch(name))
            .WithProjectEnvironment();

        if (!options.ExcludeLaunchProfile && LaunchProfile.Find(name, project.ProjectPath, options.LaunchProfileName) is { } profile)
            profile.ApplyTo(resource);

        return resource;
    }

    /// <summary>More than one replica needs a proxy in front of them, which the stand-in has not: add named resources instead.</summary>
    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas) =>
        replicas == 1 ? builder : throw ModelErrors.Unsupported($"WithReplicas({replicas})");
}
