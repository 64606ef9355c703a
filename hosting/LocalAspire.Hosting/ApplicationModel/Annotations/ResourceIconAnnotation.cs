namespace Aspire.Hosting.ApplicationModel;

/// <summary>The Fluent UI icon that stands for the resource.</summary>
internal sealed class ResourceIconAnnotation(string iconName, IconVariant iconVariant) : IResourceAnnotation
{
    public string IconName { get; } = iconName;

    public IconVariant IconVariant { get; } = iconVariant;
}
