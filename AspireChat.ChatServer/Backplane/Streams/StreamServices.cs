using AspireChat.ChatServer.Backplane.Envelopes;
using AspireChat.ChatServer.Upkeep;

namespace AspireChat.ChatServer.Backplane.Streams;

/// <summary>What every stream backplane of this instance is made of.</summary>
internal sealed record StreamServices(
    RedisConnections Redis,
    RedisKeys Keys,
    StreamOptions Options,
    MessageMarks Marks,
    Pulse Pulse,
    TimeProvider Time,
    BackplaneMetrics Metrics,
    ILogger<StreamBackplane> Logger);
