namespace AspireChat.ChatServer.Backplane.Switching;

/// <summary>Wants to know of a switch on this instance, once rooms and connections have followed it.</summary>
internal interface IModeObserver
{
    /// <summary>Called one switch at a time; must return soon.</summary>
    void Switched(BackplaneMode from, BackplaneMode to);
}
