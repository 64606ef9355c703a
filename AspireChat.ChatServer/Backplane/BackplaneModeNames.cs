using System.Diagnostics.CodeAnalysis;

namespace AspireChat.ChatServer.Backplane;

/// <summary>The modes by the names that configuration, the wire protocol and Redis know them by.</summary>
internal static class BackplaneModeNames
{
    /// <summary>For messages that tell what would have been right.</summary>
    public const string All = "local, pubsub or stream";

    public static string Name(this BackplaneMode mode) => mode switch
    {
        BackplaneMode.Local => "local",
        BackplaneMode.PubSub => "pubsub",
        _ => "stream",
    };

    public static BackplaneMode Parse(string name) =>
        TryParse(name, out var mode) ? mode : throw new ArgumentException($"The mode '{name}' is unknown; it must be {All}.", nameof(name));

    public static bool TryParse([NotNullWhen(true)] string? name, out BackplaneMode mode)
    {
        (var known, mode) = name switch
        {
            "local" => (true, BackplaneMode.Local),
            "pubsub" => (true, BackplaneMode.PubSub),
            "stream" => (true, BackplaneMode.Stream),
            _ => (false, default),
        };
        return known;
    }
}
