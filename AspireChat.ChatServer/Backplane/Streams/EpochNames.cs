using System.Security.Cryptography;

namespace AspireChat.ChatServer.Backplane.Streams;

/// <summary>Names for epochs that a script may have to begin: the version of the mode switch, a random part, and a number, so that no two are alike.</summary>
internal sealed class EpochNames(long version)
{
    private readonly string _start = $"{version}.{RandomNumberGenerator.GetHexString(16, lowercase: true)}-";
    private long _count;

    private string VersionStart { get; } = $"{version}.";

    /// <summary>One that was not given before. Unique and not random each time, which would cost more.</summary>
    public string Next() => string.Concat(_start, Interlocked.Increment(ref _count).ToString("x", null));

    /// <summary>Whether an epoch belongs to the present switch of the mode; any other is as good as none.</summary>
    public bool IsPresent(string epoch) => epoch.StartsWith(VersionStart, StringComparison.Ordinal);
}
