using System.Reflection;
using Aspire.Hosting;
using LocalAspire.Processes;

namespace LocalAspire.Projects;

/// <summary>What the build of a project made, as the build of the app host noted it.</summary>
internal sealed record ProjectOutput(string ProjectPath, string? AssemblyPath)
{
    public static ProjectOutput Of(Type project, string projectPath) => new(
        projectPath,
        project.Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(attribute => attribute.Key == $"LocalAspire:Output:{projectPath}")?.Value);

    public LaunchSpec Launch(string resourceName)
    {
        if (!File.Exists(AssemblyPath))
            throw new DistributedApplicationException($"The project '{resourceName}' cannot start: it has not been built, '{AssemblyPath ?? ProjectPath}' is missing. Build it with 'dotnet build {ProjectPath}', and see there why it fails.");

        return new LaunchSpec
        {
            Program = DotnetHost.Path,
            Arguments = [AssemblyPath],
            // The content root: appsettings.json and wwwroot are read from the project, as "dotnet run" does.
            WorkingDirectory = Path.GetDirectoryName(ProjectPath)!,
        };
    }
}
