namespace LocalAspire.Dashboard.Consoles;

/// <summary>How a stretch of console output looks: classes of elements.css, and colours of its own where a program gives them.</summary>
public readonly record struct AnsiStyle(bool Bold, bool Italic, bool Underlined, bool Faint, string? Foreground, string? Background)
{
    /// <summary>Names of classes; null for plain text.</summary>
    public string? Classes => this == default ? null : string.Join(' ', Parts());

    private IEnumerable<string> Parts()
    {
        if (Bold) yield return "ansi-bold";
        if (Italic) yield return "ansi-italic";
        if (Underlined) yield return "ansi-underlined";
        if (Faint) yield return "ansi-faint";
        if (Foreground is not null) yield return $"ansi-{Foreground}";
        if (Background is not null) yield return $"ansi-on-{Background}";
    }
}
