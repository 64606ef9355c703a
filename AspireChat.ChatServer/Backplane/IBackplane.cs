using AspireChat.ChatServer.History;

namespace AspireChat.ChatServer.Backplane;

/// <summary>The bus between instances, in one <see cref="BackplaneMode"/>: takes messages in, and hands each room's messages out.</summary>
/// <remarks>Thread-safe. What each mode promises is told at <see cref="BackplaneMode"/>.</remarks>
internal interface IBackplane : IAsyncDisposable
{
    BackplaneMode Mode { get; }

    /// <summary>The stored messages of rooms; null in the modes that keep none.</summary>
    IRoomHistory? History { get; }

    /// <summary>
    /// Publishes one message and returns once the mode's promise holds for it, within 2 s. Trouble with Redis is a result, never an
    /// exception. The sender's instance gets the message like every other: through its subscription, in its place.
    /// Publications of one room that are started one after the other keep that order.
    /// </summary>
    ValueTask<PublishResult> PublishAsync(Publication publication, CancellationToken cancellationToken);

    /// <summary>Sends a hint to the room's subscriptions on every instance (mode local: on this one). Best effort: trouble is swallowed and counted.</summary>
    ValueTask SignalAsync(string room, RoomSignal signal, CancellationToken cancellationToken);

    /// <summary>
    /// Subscribes this instance to a room. When it returns, <see cref="IRoomSink.Begin"/> has been called, and every message published
    /// from then on reaches the sink. One subscription a room at a time; disposing it ends it, and no call to the sink begins after that.
    /// </summary>
    /// <exception cref="BackplaneUnavailableException">Redis could not be reached in time.</exception>
    ValueTask<IAsyncDisposable> SubscribeAsync(string room, IRoomSink sink, CancellationToken cancellationToken);
}
