namespace LocalAspire.Processes;

/// <summary>A process to be started, apart from its environment.</summary>
internal sealed record LaunchSpec
{
    /// <summary>An absolute path.</summary>
    public required string Program { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    public required string WorkingDirectory { get; init; }

    /// <summary>Written to its standard input, which then ends.</summary>
    public string StandardInput { get; init; } = "";

    /// <summary>Variables of its own, which the app cannot know.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();
}
