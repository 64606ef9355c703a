using AspireChat.LoadTest.Load.Measuring;

namespace AspireChat.LoadTest.Load.Clients;

/// <summary>Sends messages, without ever making its caller wait.</summary>
internal interface IPublisher
{
    /// <summary>Sends the next message of a feed; called by one thread.</summary>
    void Publish(Feed feed, long now);
}
