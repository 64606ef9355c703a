using System.Text;

namespace LocalAspire.Dashboard.Telemetry.Logs;

/// <summary>Fills a message template: .NET sends <c>Started {Instance}</c> as the body, and the values as attributes, unless told to format.</summary>
public static class LogMessage
{
    /// <param name="template">The body of the log record.</param>
    /// <param name="attributes">Its attributes.</param>
    /// <param name="maxLength">Nothing is filled in past this length: a short template that names one long value again and again would fill the memory.</param>
    public static string Format(string template, AttributeSet attributes, int maxLength)
    {
        if (attributes.Count == 0 || !template.Contains('{')) return template;

        var filled = new StringBuilder(template.Length + 32);
        var rest = template.AsSpan();
        while (filled.Length < maxLength && rest.IndexOf('{') is >= 0 and var open)
        {
            filled.Append(rest[..open]);
            rest = rest[open..];
            var close = rest.IndexOf('}');
            if (close < 0) break;

            var name = rest[1..close];
            var format = name.IndexOfAny(':', ',');
            if (format >= 0) name = name[..format];
            filled.Append(Find(attributes, name) is { } value ? value.ToString() : rest[..(close + 1)]);
            rest = rest[(close + 1)..];
        }

        return filled.Append(rest).ToString();
    }

    private static AttributeValue? Find(AttributeSet attributes, ReadOnlySpan<char> name)
    {
        foreach (var attribute in attributes)
            if (name.SequenceEqual(attribute.Key)) return attribute.Value;

        return null;
    }
}
