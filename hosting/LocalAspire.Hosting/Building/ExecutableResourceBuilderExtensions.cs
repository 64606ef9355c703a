using Aspire.Hosting.ApplicationModel;
using LocalAspire.Processes;

namespace Aspire.Hosting;

/// <summary>Adds programs that are there already.</summary>
public static class ExecutableResourceBuilderExtensions
{
    /// <param name="command">A path, relative to the working directory, or a name that is looked for on the PATH.</param>
    /// <param name="workingDirectory">Relative to the app host's directory.</param>
    public static IResourceBuilder<ExecutableResource> AddExecutable(
        this IDistributedApplicationBuilder builder, string name, string command, string workingDirectory, params string[]? args)
    {
        var resource = new ExecutableResource(name, command, Path.GetFullPath(workingDirectory, builder.AppHostDirectory));
        return builder.AddResource(resource)
            .WithAnnotation(new ArgumentsAnnotation(args ?? []))
            .RunsAs("Executable", _ => new LaunchSpec
            {
                Program = ProgramFile.Find(name, command, resource.WorkingDirectory),
                WorkingDirectory = resource.WorkingDirectory,
            });
    }
}
