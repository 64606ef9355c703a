using System.ComponentModel.DataAnnotations;

namespace AspireChat.ChatServer.Backplane.Canary;

/// <summary>How often instances prove to one another that what is said in a room is heard. Every instance must be configured alike.</summary>
internal sealed class CanaryOptions
{
    public const string SectionName = "Chat:Canary";

    /// <summary>From one beat of an instance to the next, from 0.5 to 60 s. Default 5 s. One that has not heard for two of them is unready.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:01:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(5);
}
