namespace Aspire.Hosting.ApplicationModel;

/// <summary>The states of a resource.</summary>
public static class KnownResourceStates
{
    public static readonly string NotStarted = nameof(NotStarted);
    public static readonly string Waiting = nameof(Waiting);
    public static readonly string Starting = nameof(Starting);
    public static readonly string Running = nameof(Running);
    public static readonly string Active = nameof(Active);
    public static readonly string Building = nameof(Building);
    public static readonly string RuntimeUnhealthy = nameof(RuntimeUnhealthy);
    public static readonly string Stopping = nameof(Stopping);

    /// <summary>Was stopped, or ended with another exit code than 0.</summary>
    public static readonly string Exited = nameof(Exited);

    /// <summary>Ended by itself with exit code 0.</summary>
    public static readonly string Finished = nameof(Finished);

    public static readonly string FailedToStart = nameof(FailedToStart);

    /// <summary>Those in which no process runs any more.</summary>
    public static readonly IReadOnlyList<string> TerminalStates = [Finished, FailedToStart, Exited];
}
