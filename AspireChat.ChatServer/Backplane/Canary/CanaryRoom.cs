namespace AspireChat.ChatServer.Backplane.Canary;

/// <summary>The room of the canary. No client can name it: a room's name has no <c>~</c>.</summary>
internal static class CanaryRoom
{
    public const string Name = "~canary";
}
