namespace AspireChat.ChatServer.Backplane;

/// <summary>Makes the backplane of a mode; a switch at run time makes a new one and disposes the old.</summary>
internal interface IBackplaneFactory
{
    /// <param name="mode">The mode.</param>
    /// <param name="version">The version of the switch that brought the mode; part of every epoch, so that no position outlives a switch.</param>
    IBackplane Create(BackplaneMode mode, long version);
}
