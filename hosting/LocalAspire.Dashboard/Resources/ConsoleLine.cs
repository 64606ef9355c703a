using System.Globalization;

namespace LocalAspire.Dashboard.Resources;

/// <summary>One line of a resource's output, with the time that the host put before it taken off.</summary>
public sealed record ConsoleLine(string ResourceName, int Number, DateTimeOffset? Time, string Text, bool IsError)
{
    public static ConsoleLine Parse(string resourceName, int number, string text, bool isError)
    {
        var space = text.IndexOf(' ');
        var first = space > 0 ? text.AsSpan(0, space) : text;
        return first.Length >= 19 && char.IsAsciiDigit(first[0]) && DateTimeOffset.TryParse(first, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? new ConsoleLine(resourceName, number, time, space > 0 ? text[(space + 1)..] : "", isError)
            : new ConsoleLine(resourceName, number, null, text, isError);
    }
}
