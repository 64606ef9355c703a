using System.Buffers;

namespace AspireChat.Client;

/// <summary>What the protocol allows in names, ids and texts, checked before the server has to refuse it.</summary>
internal static class WireRules
{
    private const int MaxText = 4000;

    private static readonly SearchValues<char> RoomCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    public static void CheckRoom(string room)
    {
        ArgumentNullException.ThrowIfNull(room);
        if (room.Length is < 1 or > 64 || room.AsSpan().ContainsAnyExcept(RoomCharacters))
            throw new ArgumentException($"The room name '{room}' must be 1 to 64 of A-Z a-z 0-9 . _ -. Choose another name.", nameof(room));
    }

    public static void CheckName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length is < 1 or > 32 || HasLoneSurrogate(name))
            throw new ArgumentException($"The user name '{name}' must be 1 to 32 characters of well-formed text. Choose another name.", nameof(name));
    }

    public static void CheckId(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        if (id.Length is < 1 or > 64 || HasLoneSurrogate(id))
            throw new ArgumentException($"The message id '{id}' must be 1 to 64 characters. Leave it out to have one made.", nameof(id));
    }

    public static void CheckText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length is < 1 or > MaxText)
            throw new ArgumentException($"A message must be 1 to {MaxText} characters, and this one has {text.Length}. Split it, or send nothing.", nameof(text));

        if (HasLoneSurrogate(text))
            throw new ArgumentException("The message holds half of a surrogate pair, which cannot be encoded. Cut text between characters.", nameof(text));
    }

    private static bool HasLoneSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;

            if (i + 1 >= text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return true;

            i++;
        }

        return false;
    }
}
