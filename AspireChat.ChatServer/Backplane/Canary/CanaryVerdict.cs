namespace AspireChat.ChatServer.Backplane.Canary;

/// <summary>What the canary makes of the last interval.</summary>
internal enum CanaryVerdict
{
    /// <summary>All is well, or nothing can be told.</summary>
    Wait,

    /// <summary>Heard again after the instance counted as deaf.</summary>
    Healed,

    /// <summary>Unheard: the subscriber's connection, and with it every subscription, is to be made anew.</summary>
    Rebuild,
}
