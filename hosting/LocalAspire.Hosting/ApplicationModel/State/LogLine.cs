namespace Aspire.Hosting.ApplicationModel;

/// <summary>A line of a resource's log.</summary>
/// <param name="LineNumber">From 1.</param>
/// <param name="Content">An ISO 8601 time, a space, the text.</param>
/// <param name="IsErrorMessage">It came from the standard error stream.</param>
public readonly record struct LogLine(int LineNumber, string Content, bool IsErrorMessage);
