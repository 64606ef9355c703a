namespace Aspire.Hosting.ApplicationModel;

/// <summary>The commands that every resource has that is started and stopped.</summary>
public static class KnownResourceCommands
{
    public static readonly string StartCommand = "start";
    public static readonly string StopCommand = "stop";
    public static readonly string RestartCommand = "restart";
}
