using System.Globalization;

namespace LocalAspire.Dashboard.Consoles;

/// <summary>Reads the escape sequences that programs colour their output with. Those that move a cursor or set a title are left out.</summary>
public static class AnsiParser
{
    private const char Escape = '\u001b';
    private static readonly string[] Colors = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

    public static IReadOnlyList<AnsiSegment> Parse(string line)
    {
        if (!line.Contains(Escape)) return [new AnsiSegment(line, default)];

        var segments = new List<AnsiSegment>();
        var style = default(AnsiStyle);
        var rest = line.AsSpan();
        while (rest.Length > 0)
        {
            var escape = rest.IndexOf(Escape);
            var text = escape < 0 ? rest : rest[..escape];
            if (text.Length > 0) segments.Add(new AnsiSegment(text.ToString(), style));
            rest = escape < 0 ? [] : Skip(rest[escape..], ref style);
        }

        return segments;
    }

    /// <summary>Behind the sequence at the start of <paramref name="rest"/>.</summary>
    private static ReadOnlySpan<char> Skip(ReadOnlySpan<char> rest, scoped ref AnsiStyle style)
    {
        if (rest.Length < 2) return [];
        if (rest[1] == ']') return SkipCommand(rest);
        if (rest[1] != '[') return rest[2..];

        var end = 2;
        while (end < rest.Length && rest[end] is < '@' or > '~') end++;
        if (end == rest.Length) return [];
        if (rest[end] == 'm') style = Apply(rest[2..end], style);
        return rest[(end + 1)..];
    }

    /// <summary>An operating system command ends with a bell or with escape and backslash.</summary>
    private static ReadOnlySpan<char> SkipCommand(ReadOnlySpan<char> rest)
    {
        var bell = rest.IndexOf('\a');
        var terminator = rest.IndexOf($"{Escape}\\");
        if (bell < 0 && terminator < 0) return [];
        return bell >= 0 && (terminator < 0 || bell < terminator) ? rest[(bell + 1)..] : rest[(terminator + 2)..];
    }

    private static AnsiStyle Apply(ReadOnlySpan<char> codes, AnsiStyle style)
    {
        Span<int> numbers = stackalloc int[16];
        var count = 0;
        foreach (var range in codes.Split(';'))
        {
            if (count == numbers.Length) break;
            numbers[count++] = int.TryParse(codes[range], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        }

        for (var i = 0; i < count; i++)
        {
            // 38 and 48 carry a colour in the numbers that follow: of the 256 and the RGB ones only those with a name are shown.
            if (numbers[i] is 38 or 48) i += SkipExtended(numbers[i..count], ref style);
            else style = Apply(numbers[i], style);
        }

        return style;
    }

    private static int SkipExtended(ReadOnlySpan<int> numbers, ref AnsiStyle style)
    {
        if (numbers.Length >= 3 && numbers[1] == 5)
        {
            var name = numbers[2] < 8 ? Colors[numbers[2]] : numbers[2] < 16 ? $"bright-{Colors[numbers[2] - 8]}" : null;
            style = numbers[0] == 38 ? style with { Foreground = name } : style with { Background = name };
            return 2;
        }

        return numbers.Length >= 2 && numbers[1] == 2 ? 4 : numbers.Length;
    }

    private static AnsiStyle Apply(int code, AnsiStyle style) => code switch
    {
        0 => default,
        1 => style with { Bold = true },
        2 => style with { Faint = true },
        3 => style with { Italic = true },
        4 => style with { Underlined = true },
        22 => style with { Bold = false, Faint = false },
        23 => style with { Italic = false },
        24 => style with { Underlined = false },
        >= 30 and <= 37 => style with { Foreground = Colors[code - 30] },
        39 => style with { Foreground = null },
        >= 40 and <= 47 => style with { Background = Colors[code - 40] },
        49 => style with { Background = null },
        >= 90 and <= 97 => style with { Foreground = $"bright-{Colors[code - 90]}" },
        >= 100 and <= 107 => style with { Background = $"bright-{Colors[code - 100]}" },
        _ => style,
    };
}
