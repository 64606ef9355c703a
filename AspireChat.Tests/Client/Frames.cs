namespace AspireChat.Tests.Client;

/// <summary>Frames that scripted servers send.</summary>
internal static class Frames
{
    public static string Message(long offset, string room = "lobby") =>
        $$"""{"type":"message","room":"{{room}}","offset":{{offset}},"id":"m{{offset}}","name":"bob","text":"text {{offset}}","at":"2026-01-02T03:04:05.678Z","instance":"chat-2"}""";

    /// <summary>As the modes without a stream send it.</summary>
    public static string Unplaced(string id, string room = "lobby") =>
        $$"""{"type":"message","room":"{{room}}","id":"{{id}}","name":"bob","text":"text {{id}}","at":"2026-01-02T03:04:05.678Z","instance":"chat-2"}""";

    public static string Messages(long first, long last) =>
        string.Join(',', Offsets(first, last).Select(offset => Message(offset)));

    public static long[] Offsets(long first, long last) => [.. Enumerable.Range(0, (int)(last - first + 1)).Select(i => first + i)];
}
