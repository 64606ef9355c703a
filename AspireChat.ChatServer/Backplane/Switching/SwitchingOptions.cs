using System.ComponentModel.DataAnnotations;

namespace AspireChat.ChatServer.Backplane.Switching;

/// <summary>How the instances agree on the mode of the backplane.</summary>
internal sealed class SwitchingOptions
{
    public const string SectionName = "Chat:Switching";

    /// <summary>How often an instance looks at the mode in Redis; notices make a switch quicker than that. 0.1 to 60 s, default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Look { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a switch waits for every live instance to confirm. 0.1 to 60 s, default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Confirmation { get; set; } = TimeSpan.FromSeconds(5);
}
