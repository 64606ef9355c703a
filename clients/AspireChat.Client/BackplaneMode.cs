using System.Text.Json.Serialization;

namespace AspireChat.Client;

/// <summary>How the servers pass messages to each other, and with it what they promise.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BackplaneMode>))]
public enum BackplaneMode
{
    /// <summary>An instance relays only to its own connections: nothing is promised across instances.</summary>
    [JsonStringEnumMemberName("local")]
    Local,

    /// <summary>At most once: a message may be missed, and nothing tells. No history.</summary>
    [JsonStringEnumMemberName("pubsub")]
    PubSub,

    /// <summary>Acknowledged means stored; each message reaches each member once and in order, or the loss is announced by <see cref="RoomResynced"/>.</summary>
    [JsonStringEnumMemberName("stream")]
    Stream,
}
