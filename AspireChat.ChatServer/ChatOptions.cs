using System.ComponentModel.DataAnnotations;

namespace AspireChat.ChatServer;

/// <summary>Who this instance is and how it is joined to the others.</summary>
internal sealed class ChatOptions
{
    public const string SectionName = "Chat";
    public const string KestrelTransport = "kestrel";
    public const string DirectTransport = "direct";

    /// <summary>The name of this instance, as clients, logs and the other instances see it. Default: the machine's name.</summary>
    [Required, RegularExpression("^[A-Za-z0-9._-]{1,64}$", ErrorMessage = "Chat:Instance must be 1 to 64 of A-Z a-z 0-9 . _ -; rename the instance.")]
    public string Instance { get; set; } = Environment.MachineName;

    /// <summary>The mode before anybody switched it: <c>local</c>, <c>pubsub</c> or <c>stream</c>. Once switched, the mode kept in Redis counts.</summary>
    public string Backplane { get; set; } = "stream";

    /// <summary>
    /// How connections are served: <c>kestrel</c>, as upgraded requests of the web server, or <c>direct</c>, which holds less memory for each; see
    /// docs/performance.md. Default <c>kestrel</c>.
    /// </summary>
    [RegularExpression($"^({KestrelTransport}|{DirectTransport})$", ErrorMessage = "Chat:Transport must be kestrel or direct.")]
    public string Transport { get; set; } = KestrelTransport;

    /// <summary>Starts every key and channel in Redis, so that several deployments can share one Redis. Default <c>chat:</c>.</summary>
    public string Prefix { get; set; } = "chat:";

    /// <summary>Opens <c>/admin/*</c> to callers that send it as <c>X-Admin-Key</c>. Not set: the endpoints do not exist.</summary>
    public string? AdminKey { get; set; }

    /// <summary>Opens the publishing API to callers that send it as <c>X-Api-Key</c>. Not set: the endpoint does not exist.</summary>
    public string? ApiKey { get; set; }
}
