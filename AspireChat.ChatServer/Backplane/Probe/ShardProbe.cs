using System.Buffers.Binary;
using System.Net;
using AspireChat.ChatServer.Backplane.Redis;

namespace AspireChat.ChatServer.Backplane.Probe;

/// <summary>
/// The probe of one shard of a cluster, or of the one Redis that there is: what is published there must be heard here.
/// </summary>
/// <param name="redis">The connections.</param>
/// <param name="channel">Where it is published and heard; in a cluster with a hash tag of the shard.</param>
/// <param name="shard">Its primary, and the slot of the channel; null where there is one Redis.</param>
/// <param name="time">The clock.</param>
/// <param name="metrics">Where it is counted.</param>
internal sealed class ShardProbe(RedisConnections redis, string channel, (EndPoint Primary, int Slot)? shard, TimeProvider time, BackplaneMetrics metrics) : IChannelListener, IAsyncDisposable
{
    private readonly ProbeCount _count = new(time);
    private ChannelSubscription? _subscription;
    private Task _subscribing = Task.CompletedTask;
    private Task<bool> _published = Task.FromResult(true);
    private volatile bool _isTaken = true;

    public (EndPoint Primary, int Slot)? Shard => shard;

    /// <summary>Whether it is heard.</summary>
    public bool IsHeard => _count.IsHeard;

    public int Unheard => _count.Unheard;

    /// <summary>Whether Redis took what was published last, as far as it has answered.</summary>
    public bool IsTaken => _isTaken;

    /// <summary>Redis takes it and does not bring it: the fault is this instance's, and others may well hear. What is not taken either is away for all.</summary>
    public bool IsDeaf => _isTaken && _count.Unheard >= ProbeCount.Most;

    public void Hear(ReadOnlyMemory<byte> message)
    {
        if (message.Length == sizeof(long))
            metrics.Probed(time.GetElapsedTime(BinaryPrimitives.ReadInt64BigEndian(message.Span)));
    }

    public void Missed(int messages)
    {
    }

    public void Moved()
    {
    }

    /// <summary>Whether it is the probe of this shard: of one whose primary is another, or that has lost the probe's slot, it proves nothing any more.</summary>
    public bool Proves(ClusterShard other) => shard is { } own && own.Primary.Equals(other.Primary) && other.Has(own.Slot);

    /// <summary>Judges the last second, and sends the next probe.</summary>
    public ProbeVerdict Beat(CancellationToken cancellationToken)
    {
        // Whatever the server brought proves as much as the probe does.
        var verdict = _count.Beat(shard is null ? redis.Subscriptions.LastHeard : redis.Subscriptions.LastHeardBeside(channel));

        // Not awaited: a Redis that does not answer must not make the next beat late.
        if (_subscription is null && _subscribing.IsCompleted)
            _subscribing = SubscribeAsync(cancellationToken);
        _count.Sent();
        _published = PublishAsync();
        return verdict;
    }

    /// <summary>Whether the probe that was sent last was taken; false where there is no answer yet.</summary>
    public async Task<bool> WasTakenAsync() => _published.IsCompletedSuccessfully && await _published;

    public async ValueTask DisposeAsync()
    {
        await _subscribing;
        if (_subscription is not null)
            await _subscription.DisposeAsync();
    }

    private async Task SubscribeAsync(CancellationToken cancellationToken)
    {
        try
        {
            _subscription = await redis.Subscriptions.SubscribeAsync(channel, this, cancellationToken);
        }
        catch (Exception exception) when (exception is BackplaneUnavailableException or OperationCanceledException)
        {
            // The next beat tries again, and the probe that is not heard until then tells.
        }
    }

    private async Task<bool> PublishAsync()
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, time.GetTimestamp());
        try
        {
            await RedisChannels.PublishAsync(redis, channel, bytes);
            return _isTaken = true;
        }
        catch (Exception exception) when (RedisTrouble.Explains(exception))
        {
            return _isTaken = false;
        }
    }
}
