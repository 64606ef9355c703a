namespace LocalAspire.Dashboard.Resources;

/// <summary>What a resource runs: a project, a program with its arguments, an image.</summary>
public readonly record struct ResourceSource(string Text, string Detail, string Full)
{
    public static ResourceSource Of(AppResource resource)
    {
        if (resource.Property("project.path") is { Length: > 0 } project)
            return new ResourceSource(Path.GetFileName(project), "", project);
        if (resource.Property("container.image") is { Length: > 0 } image)
            return new ResourceSource(image, "", image);
        if (resource.Property("executable.path") is { Length: > 0 } program)
        {
            var arguments = resource.Property("executable.args") ?? "";
            return new ResourceSource(Path.GetFileName(program), arguments, $"{program} {arguments}".Trim());
        }

        var source = resource.Property("resource.source") ?? "";
        return new ResourceSource(source, "", source);
    }
}
