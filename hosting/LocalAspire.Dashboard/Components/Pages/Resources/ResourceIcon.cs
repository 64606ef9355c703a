using LocalAspire.Dashboard.Resources;
using Microsoft.FluentUI.AspNetCore.Components;
using Icons = Microsoft.FluentUI.AspNetCore.Components.Icons;

namespace LocalAspire.Dashboard.Components.Pages.Resources;

/// <summary>Chooses icons for resources and commands: the one that the host names, else one for the kind.</summary>
public static class ResourceIcon
{
    public static Icon Of(AppResource resource) => Named(resource.IconName) ?? resource.Type switch
    {
        "Project" => new Icons.Regular.Size20.CodeCircle(),
        "Container" => new Icons.Regular.Size20.Box(),
        "Parameter" => new Icons.Regular.Size20.Key(),
        _ when resource.DisplayName.Contains("redis", StringComparison.OrdinalIgnoreCase) => new Icons.Regular.Size20.Database(),
        "Executable" => new Icons.Regular.Size20.Apps(),
        _ => new Icons.Regular.Size20.Cube(),
    };

    public static Icon Of(AppCommand command) => Named(command.IconName) ?? command.Name switch
    {
        "start" or "resource-start" => new Icons.Regular.Size20.Play(),
        "stop" or "resource-stop" => new Icons.Regular.Size20.Stop(),
        "restart" or "resource-restart" => new Icons.Regular.Size20.ArrowCounterclockwise(),
        _ => new Icons.Regular.Size20.Flash(),
    };

    /// <summary>Null where there is no such icon of this size.</summary>
    private static Icon? Named(string? name) =>
        name is not null && typeof(Icons.Regular.Size20).GetNestedType(name) is { } type ? (Icon?)Activator.CreateInstance(type) : null;
}
