using System.Collections.Immutable;
using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using LocalAspire.Processes;

namespace LocalAspire.Orchestration;

/// <summary>The facts of a running resource, under the names that Aspire's dashboard knows.</summary>
internal static class ResourceProperties
{
    public const string ProcessId = "executable.pid";

    public static ImmutableArray<ResourcePropertySnapshot> Of(IResource resource, LaunchSpec? spec, int? processId)
    {
        var properties = ImmutableArray.CreateBuilder<ResourcePropertySnapshot>();
        if (resource.Annotations.OfType<IProjectMetadata>().FirstOrDefault() is { } project)
            properties.Add(new("project.path", project.ProjectPath));

        if (spec is not null)
        {
            properties.Add(new("executable.path", spec.Program));
            properties.Add(new("executable.args", spec.Arguments.ToImmutableArray()));
            properties.Add(new("executable.workDir", spec.WorkingDirectory));
        }

        if (processId is { } id)
            properties.Add(new(ProcessId, id.ToString(CultureInfo.InvariantCulture)));

        return properties.ToImmutable();
    }
}
