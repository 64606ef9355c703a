namespace Aspire.Hosting.ApplicationModel;

/// <summary>How a Fluent UI icon is drawn.</summary>
public enum IconVariant
{
    Regular = 0,
    Filled = 1,
}
