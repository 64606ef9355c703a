using AspireChat.ChatServer.Backplane.Envelopes;
using AspireChat.ChatServer.Backplane.Local;
using AspireChat.ChatServer.Backplane.PubSub;
using AspireChat.ChatServer.Backplane.Streams;
using AspireChat.ChatServer.Upkeep;
using Microsoft.Extensions.Options;

namespace AspireChat.ChatServer.Backplane;

internal sealed class BackplaneFactory(
    RedisKeys keys,
    MessageMarks marks,
    IOptions<StreamOptions> options,
    Pulse pulse,
    TimeProvider time,
    BackplaneMetrics metrics,
    ILoggerFactory loggers,
    RedisConnections? redis = null) : IBackplaneFactory
{
    public IBackplane Create(BackplaneMode mode, long version)
    {
        if (mode == BackplaneMode.Local)
            return new LocalBackplane(time, metrics);
        if (redis is null)
            throw new InvalidOperationException($"The mode '{mode.Name()}' needs Redis, and this instance has none. Set ConnectionStrings:redis.");

        return mode == BackplaneMode.PubSub
            ? new PubSubBackplane(redis, keys, marks, time, metrics, loggers.CreateLogger<PubSubBackplane>())
            : new StreamBackplane(new StreamServices(redis, keys, options.Value, marks, pulse, time, metrics, loggers.CreateLogger<StreamBackplane>()), version);
    }
}
