namespace Aspire.Hosting.ApplicationModel;

/// <summary>How a state is to be read.</summary>
public static class KnownResourceStateStyles
{
    public static readonly string Success = "success";
    public static readonly string Info = "info";
    public static readonly string Warn = "warn";
    public static readonly string Error = "error";
}
