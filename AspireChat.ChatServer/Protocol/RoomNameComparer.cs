using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace AspireChat.ChatServer.Protocol;

/// <summary>Compares room names, which are ASCII, also with their UTF-8 bytes, so that a room is found without making a string of its name.</summary>
internal sealed class RoomNameComparer : IEqualityComparer<string>, IAlternateEqualityComparer<ReadOnlySpan<byte>, string>
{
    public static RoomNameComparer Instance { get; } = new();

    private RoomNameComparer()
    {
    }

    public bool Equals(string? x, string? y) => string.Equals(x, y, StringComparison.Ordinal);

    public int GetHashCode([DisallowNull] string obj)
    {
        Span<byte> ascii = stackalloc byte[WireProtocol.MaxRoomLength];
        return Encoding.ASCII.TryGetBytes(obj, ascii, out var length)
            ? GetHashCode(ascii[..length])
            : throw new ArgumentException($"'{obj}' is no room name.", nameof(obj));
    }

    public string Create(ReadOnlySpan<byte> alternate) => Encoding.ASCII.GetString(alternate);

    public bool Equals(ReadOnlySpan<byte> alternate, string other) => Ascii.Equals(alternate, other);

    public int GetHashCode(ReadOnlySpan<byte> alternate)
    {
        // Seeded at random in each process: nobody can choose names that collide.
        var hash = new HashCode();
        hash.AddBytes(alternate);
        return hash.ToHashCode();
    }
}
