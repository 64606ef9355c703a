namespace LocalAspire.Reporting;

/// <summary>What the app host prints: the setting <c>LocalAspire:Console</c>.</summary>
internal enum ConsoleMode
{
    /// <summary>Nothing at all.</summary>
    None,

    /// <summary>What it is, what fails, and the addresses.</summary>
    Quiet,

    /// <summary>The default: also what becomes of each resource, and its warnings and errors.</summary>
    Changes,

    /// <summary>Also every line that a resource prints.</summary>
    All,
}
