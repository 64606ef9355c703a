using System.Globalization;

namespace AspireChat.ChatServer.Protocol.Unicode;

/// <summary>How characters decompose, compose and order canonically, read once from the embedded table.</summary>
internal sealed class CanonicalMappings
{
    private static readonly Lazy<CanonicalMappings> Table = new(Load);

    private readonly Dictionary<int, (int First, int Second)> _decompositions = [];
    private readonly Dictionary<(int First, int Second), int> _compositions = [];
    private readonly Dictionary<int, int> _classes = [];

    private CanonicalMappings()
    {
    }

    public static CanonicalMappings Instance => Table.Value;

    /// <summary>0 for all that starts a combining sequence.</summary>
    public int ClassOf(int character) => _classes.GetValueOrDefault(character);

    /// <param name="character">The character.</param>
    /// <param name="parts">What it stands for; the second is 0 when there is only one.</param>
    public bool TryDecompose(int character, out (int First, int Second) parts) =>
        _decompositions.TryGetValue(character, out parts) || Hangul.TryDecompose(character, out parts);

    public bool TryCompose(int first, int second, out int composed) =>
        _compositions.TryGetValue((first, second), out composed) || Hangul.TryCompose(first, second, out composed);

    private static CanonicalMappings Load()
    {
        var mappings = new CanonicalMappings();
        using var table = typeof(CanonicalMappings).Assembly.GetManifestResourceStream("canonical-mappings.txt")!;
        using var reader = new StreamReader(table);
        while (reader.ReadLine() is { } line)
        {
            if (line[0] != '#')
            {
                mappings.Add(line.Split(' '));
            }
        }

        return mappings;
    }

    private void Add(string[] parts)
    {
        switch (parts)
        {
            case [var range, ":", var combiningClass]:
                var ends = range.Split('-');
                for (var character = Hex(ends[0]); character <= Hex(ends[^1]); character++)
                {
                    _classes.Add(character, int.Parse(combiningClass, CultureInfo.InvariantCulture));
                }

                break;
            case [var character, var sign, var first, .. var second]:
                var pair = (Hex(first), second is [var other] ? Hex(other) : 0);
                _decompositions.Add(Hex(character), pair);
                if (sign == "=")
                {
                    _compositions.Add(pair, Hex(character));
                }

                break;
        }
    }

    private static int Hex(string digits) => int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
