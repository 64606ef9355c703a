using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Instances;
using AspireChat.ChatServer.Upkeep;

namespace AspireChat.ChatServer.Security.Bans;

/// <summary>Keeps this instance's list of bans, and closes the connections of those who come onto it: looks each second, and when a notice says so.</summary>
internal sealed class BanFollower(
    BanList list,
    IBanStore store,
    IUserConnections connections,
    InstanceNotices notices,
    Pulse pulse,
    ILogger<BanFollower> logger) : BackgroundService
{
    /// <summary>The topic of <see cref="InstanceNotices"/>.</summary>
    public const string Notice = "bans";

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly PulseTimer _look = pulse.Every(Look);
    private string[] _closed = [];
    private bool _unread;

    /// <summary>Bans a user on every instance, or lets him in again.</summary>
    /// <exception cref="BackplaneUnavailableException">Redis could not be reached in time. It may have been done all the same.</exception>
    public async Task SetAsync(string name, bool banned)
    {
        try
        {
            await store.SetAsync(name, banned, list.Snapshot);
        }
        catch (Exception exception) when (RedisTrouble.Explains(exception))
        {
            throw new BackplaneUnavailableException("Redis did not take the ban; try again.", exception);
        }

        await notices.TellAsync(Notice);
    }

    /// <summary>Returns when the bans are read, so that nobody who is banned gets in at the start.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        notices.Listen(Notice, _look.Ring);
        await FollowAsync();
        await base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _look.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _look.WaitForNextTickAsync(stoppingToken))
        {
            await FollowAsync();
        }
    }

    private async Task FollowAsync()
    {
        try
        {
            // Once more than seems needed: a join that was being decided during the last look may have gone by the former list.
            Close(_closed);
            _closed = [];

            var known = list.Snapshot;
            var present = await store.HoldAsync(known);
            _unread = false;
            if (present == known)
                return;

            list.Snapshot = present;
            _closed = [.. present.Names.Except(known.Names)];
            logger.BansRead(present.Names.Count, present.Version);
            Close(_closed);
        }
        catch (Exception exception) when (RedisTrouble.Explains(exception))
        {
            if (!_unread)
                logger.BansNotRead(exception);
            _unread = true;
        }
    }

    private void Close(string[] names)
    {
        foreach (var name in names)
            connections.CloseAll(name);
    }
}
