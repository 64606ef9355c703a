using System.Globalization;
using System.Text;
using AspireChat.ChatServer.Protocol.Unicode;

namespace AspireChat.ChatServer.Protocol;

/// <summary>
/// User names: 1 to 32 UTF-16 units, in normal form C, without control, bidirectional-control or invisible characters, so that two names that look the
/// same are hard to make and no name disturbs the text around it.
/// </summary>
internal static class UserName
{
    public static bool IsValid(ReadOnlySpan<byte> utf8)
    {
        // A UTF-16 unit takes at most 3 bytes of UTF-8: what is longer need not be counted.
        if (utf8.Length is 0 or > WireProtocol.MaxNameLength * 3 || Encoding.UTF8.GetCharCount(utf8) > WireProtocol.MaxNameLength)
        {
            return false;
        }

        var original = utf8;
        var blank = true;
        while (!utf8.IsEmpty)
        {
            Rune.DecodeFromUtf8(utf8, out var rune, out var length);
            if (!IsAllowed(rune))
            {
                return false;
            }

            blank &= Rune.IsWhiteSpace(rune);
            utf8 = utf8[length..];
        }

        return !blank && NormalForm.IsComposed(original);
    }

    private static bool IsAllowed(Rune rune) => rune.IsAscii
        ? !Rune.IsControl(rune)
        : Rune.GetUnicodeCategory(rune) switch
        {
            // Format covers the bidirectional controls, zero-width joiners, the soft hyphen and the tag characters.
            UnicodeCategory.Control or UnicodeCategory.Format => false,
            UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,
            UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => false,
            _ => !IsInvisible(rune.Value),
        };

    /// <summary>What Unicode calls default-ignorable though its category says letter or mark, and the blank Braille pattern.</summary>
    private static bool IsInvisible(int value) => value is
        0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x2800 or 0x3164 or 0xFFA0
        or (>= 0x180B and <= 0x180F)
        or (>= 0xFE00 and <= 0xFE0F)
        or (>= 0xE0000 and <= 0xE0FFF);
}
