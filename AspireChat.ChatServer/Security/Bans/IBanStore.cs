using AspireChat.ChatServer.Backplane;

namespace AspireChat.ChatServer.Security.Bans;

/// <summary>Where bans are kept for all instances. Every method may throw what <see cref="RedisTrouble"/> explains.</summary>
internal interface IBanStore
{
    /// <summary>The bans that count; <paramref name="known"/> itself where that is still so. What the store lost is put back from it.</summary>
    Task<BanSnapshot> HoldAsync(BanSnapshot known);

    /// <summary>Bans a user, or lets him in again.</summary>
    Task SetAsync(string name, bool banned, BanSnapshot known);
}
