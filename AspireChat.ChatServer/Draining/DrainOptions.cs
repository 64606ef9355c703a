using System.ComponentModel.DataAnnotations;

namespace AspireChat.ChatServer.Draining;

/// <summary>How long an orderly shutdown takes.</summary>
internal sealed class DrainOptions
{
    public const string SectionName = "Chat:Drain";

    /// <summary>
    /// Seconds from the signal that ends the process to the last connection's close. With 2 or fewer everybody is closed at once: for when the whole app
    /// stops and there is no other instance to go to. Default 8; an orchestrator's grace must be longer.
    /// </summary>
    [Range(0, 3600)]
    public double Seconds { get; set; } = 8;

    /// <summary>Seconds that a drain by command takes, of which the process knows nothing: the others are there to go to. Default 8.</summary>
    [Range(0, 3600)]
    public double CommandSeconds { get; set; } = 8;
}
