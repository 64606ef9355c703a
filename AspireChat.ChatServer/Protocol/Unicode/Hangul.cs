namespace AspireChat.ChatServer.Protocol.Unicode;

/// <summary>Korean syllables, whose canonical mappings are computed; the Unicode Standard, section 3.12.</summary>
internal static class Hangul
{
    private const int Syllables = 0xAC00;
    private const int Leads = 0x1100;
    private const int Vowels = 0x1161;

    /// <summary>One before the first trailing consonant: index 0 stands for none.</summary>
    private const int Trails = 0x11A7;
    private const int LeadCount = 19;
    private const int VowelCount = 21;
    private const int TrailCount = 28;
    private const int SyllableCount = LeadCount * VowelCount * TrailCount;

    public static bool TryDecompose(int character, out (int First, int Second) parts)
    {
        var index = character - Syllables;
        var isSyllable = index is >= 0 and < SyllableCount;
        var trail = index % TrailCount;
        parts = !isSyllable ? default
            : trail != 0 ? (character - trail, Trails + trail)
            : (Leads + (index / (VowelCount * TrailCount)), Vowels + (index / TrailCount % VowelCount));
        return isSyllable;
    }

    public static bool TryCompose(int first, int second, out int composed)
    {
        var (lead, vowel, syllable, trail) = (first - Leads, second - Vowels, first - Syllables, second - Trails);
        if (lead is >= 0 and < LeadCount && vowel is >= 0 and < VowelCount)
        {
            composed = Syllables + (((lead * VowelCount) + vowel) * TrailCount);
            return true;
        }

        composed = first + trail;
        return syllable is >= 0 and < SyllableCount && syllable % TrailCount == 0 && trail is > 0 and < TrailCount;
    }
}
