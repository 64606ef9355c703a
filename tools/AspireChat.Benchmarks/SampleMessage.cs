using System.Text;

namespace AspireChat.Benchmarks;

/// <summary>The message that all benchmarks send: 128 characters, of a user in a room.</summary>
internal static class SampleMessage
{
    public const string Room = "benchmark";
    public const string Name = "ada";

    public static byte[] Text { get; } = Encoding.UTF8.GetBytes("the quick brown fox says hello to everybody in this room, and asks who is up for lunch at noon, or at one ".PadRight(128, '.'));

    public static byte[] Id(long number) => Encoding.UTF8.GetBytes($"0123456789abcdef-{number}");
}
