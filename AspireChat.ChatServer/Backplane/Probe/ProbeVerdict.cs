namespace AspireChat.ChatServer.Backplane.Probe;

/// <summary>What the delivery probe makes of the last second.</summary>
internal enum ProbeVerdict
{
    /// <summary>All is well, or it is too early to tell.</summary>
    Wait,

    /// <summary>Heard again after it was not.</summary>
    Healed,

    /// <summary>Unheard for so long that the connection is to be made anew.</summary>
    Rebuild,
}
