namespace LocalAspire.Dashboard.Consoles;

/// <summary>A stretch of text in one style.</summary>
public readonly record struct AnsiSegment(string Text, AnsiStyle Style);
