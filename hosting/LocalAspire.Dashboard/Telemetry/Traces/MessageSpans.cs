namespace LocalAspire.Dashboard.Telemetry.Traces;

/// <summary>
/// The names by which a chat message's way is recognised: the instance that takes it in has a span <c>receive …</c>, the write
/// to the backplane is <c>publish …</c>, and each instance that fans it out adds <c>deliver …</c>.
/// </summary>
public static class MessageSpans
{
    /// <summary>The attribute of a message's root with the backplane's mode.</summary>
    public const string Mode = "chat.backplane.mode";

    /// <summary>The attribute of a message's root with the room's name.</summary>
    public const string Room = "chat.room";

    /// <summary>The attribute of a delivery with the number of connections that the instance gave the message to.</summary>
    public const string Receivers = "chat.receivers";

    private const string Receive = "receive";
    private const string Deliver = "deliver";

    public static bool IsReceive(string spanName) => StartsWithWord(spanName, Receive);

    public static bool IsDeliver(string spanName) => StartsWithWord(spanName, Deliver);

    private static bool StartsWithWord(string name, string word) =>
        name.StartsWith(word, StringComparison.Ordinal) && (name.Length == word.Length || name[word.Length] == ' ');
}
