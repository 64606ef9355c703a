namespace AspireChat.LoadTest.Auditing.Clients;

/// <summary>A short digest of what a message says: FNV-1a of sender and text.</summary>
internal static class Digest
{
    private const uint Basis = 2166136261;
    private const uint Prime = 16777619;

    public static uint Of(string name, string text) => Add(Add(Add(Basis, name), "\0"), text);

    private static uint Add(uint digest, string text)
    {
        foreach (var character in text)
            digest = (digest ^ character) * Prime;

        return digest;
    }
}
