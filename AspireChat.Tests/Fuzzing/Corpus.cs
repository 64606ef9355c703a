using System.Security.Cryptography;

namespace AspireChat.Tests.Fuzzing;

/// <summary>Inputs worth keeping, one a file: above all each that ever made something fall.</summary>
internal static class Corpus
{
    public static IEnumerable<byte[]> Read(string target) =>
        Directory.Exists(Folder(target)) ? Directory.EnumerateFiles(Folder(target)).Order(StringComparer.Ordinal).Select(File.ReadAllBytes) : [];

    /// <returns>Where it was written.</returns>
    public static string Keep(string target, byte[] input)
    {
        Directory.CreateDirectory(Folder(target));
        var path = Path.Combine(Folder(target), $"found-{Convert.ToHexStringLower(SHA256.HashData(input))[..12]}.bin");
        File.WriteAllBytes(path, input);
        return path;
    }

    private static string Folder(string target) => SolutionDirectory.Combine("AspireChat.Tests", "Fuzzing", "Corpus", target);
}
