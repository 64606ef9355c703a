using System.Text;

namespace AspireChat.ChatServer.Protocol.Unicode;

/// <summary>
/// Tells whether a text is in normal form C. Of our own, because the app runs where no ICU is installed, and there .NET takes every text for normalised.
/// </summary>
internal static class NormalForm
{
    public static bool IsComposed(ReadOnlySpan<byte> utf8)
    {
        // Below U+0300, whose UTF-8 begins with 0xCC, nothing combines and nothing decomposes.
        if (!utf8.ContainsAnyInRange((byte)0xCC, (byte)0xFF))
        {
            return true;
        }

        var original = new List<int>(utf8.Length);
        while (!utf8.IsEmpty)
        {
            Rune.DecodeFromUtf8(utf8, out var rune, out var length);
            original.Add(rune.Value);
            utf8 = utf8[length..];
        }

        var mappings = CanonicalMappings.Instance;
        var characters = new List<int>(original.Count * 2);
        foreach (var character in original)
        {
            Decompose(mappings, character, characters);
        }

        Order(mappings, characters);
        Compose(mappings, characters);
        return characters.SequenceEqual(original);
    }

    private static void Decompose(CanonicalMappings mappings, int character, List<int> into)
    {
        if (!mappings.TryDecompose(character, out var parts))
        {
            into.Add(character);
            return;
        }

        Decompose(mappings, parts.First, into);
        if (parts.Second != 0)
        {
            Decompose(mappings, parts.Second, into);
        }
    }

    /// <summary>Sorts each run of combining characters by class, keeping the order of equals.</summary>
    private static void Order(CanonicalMappings mappings, List<int> characters)
    {
        for (var i = 1; i < characters.Count; i++)
        {
            var combiningClass = mappings.ClassOf(characters[i]);
            for (var j = i; combiningClass != 0 && j > 0 && mappings.ClassOf(characters[j - 1]) > combiningClass; j--)
            {
                (characters[j - 1], characters[j]) = (characters[j], characters[j - 1]);
            }
        }
    }

    /// <summary>Joins each character with the last starter, unless one between them blocks it: of no lower class, or a starter.</summary>
    private static void Compose(CanonicalMappings mappings, List<int> characters)
    {
        var starter = -1;
        var kept = 0;
        var lastClass = -1;
        foreach (var character in characters.ToArray())
        {
            var combiningClass = mappings.ClassOf(character);
            if (starter >= 0 && lastClass < combiningClass && mappings.TryCompose(characters[starter], character, out var composed))
            {
                characters[starter] = composed;
                continue;
            }

            (starter, lastClass) = combiningClass == 0 ? (kept, -1) : (starter, combiningClass);
            characters[kept++] = character;
        }

        characters.RemoveRange(kept, characters.Count - kept);
    }
}
