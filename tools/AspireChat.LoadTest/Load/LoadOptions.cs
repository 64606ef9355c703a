using AspireChat.LoadTest.Auditing;
using AspireChat.LoadTest.Load.Clients;
using AspireChat.LoadTest.Load.Measuring;

namespace AspireChat.LoadTest.Load;

/// <summary>What is common to all scenarios: where load goes, and what it is made of.</summary>
internal sealed record LoadOptions
{
    /// <summary>Gateways or instances; connections are spread over them in turn.</summary>
    public required IReadOnlyList<Target> Targets { get; init; }

    public Credentials Credentials { get; init; } = Credentials.None;

    /// <summary>Connections that receive. Default 300.</summary>
    public int Connections { get; init; } = 300;

    /// <summary>How many rooms these are spread over. Default 1.</summary>
    public int Rooms { get; init; } = 1;

    /// <summary>Characters of a text. Default 128.</summary>
    public int TextChars { get; init; } = 128;

    /// <summary>Connections that publish. Default null: as many as the server's rate limit makes necessary.</summary>
    public int? Publishers { get; init; }

    /// <summary>New connections a second. Default 500.</summary>
    public double ConnectRate { get; init; } = 500;

    /// <summary>How clients come back after a loss. Default <see cref="ReconnectPace.FullJitter"/>, as the protocol asks.</summary>
    public ReconnectPace Reconnect { get; init; } = ReconnectPace.FullJitter;

    /// <summary>How long a step lasts. Default 10 s.</summary>
    public TimeSpan Step { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long load runs before anything counts, so that no server is measured while it compiles itself. Default 2 s.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long the last messages of a step may take to come. Default 10 s.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(10);

    public void Validate()
    {
        Require(Targets.Count > 0, "--target", "needs one address at least");
        Require(Connections is > 0 and <= 1_000_000, "--connections", "must be 1 to 1,000,000");
        Require(Rooms > 0 && Rooms <= Connections, "--rooms", "must be 1 to the number of connections, so that each room has one");
        Require(TextChars >= MessageText.MinSize && TextChars <= 4000, "--text", $"must be {MessageText.MinSize} to 4,000 characters, for the mark that each message carries");
        Require(Publishers is null or > 0, "--publishers", "must be 1 or more");
        Require(ConnectRate > 0, "--connect-rate", "must be more than 0");
        Require(Step > TimeSpan.Zero && Step <= TimeSpan.FromDays(1), "--seconds", "must be more than 0, and a day at most");
        Require(WarmUp >= TimeSpan.Zero && WarmUp <= TimeSpan.FromHours(1), "--warm-up", "must be 0 to 3,600 s");
        Require(!Credentials.UseTickets || Credentials.Token is not null, "--ticket", "needs a token to exchange for tickets: give it with --token, or in the variable ASPIRECHAT_TOKEN");
    }

    public static void Require(bool holds, string option, string rule)
    {
        if (!holds)
            throw new LoadException($"The option '{option}' {rule}.");
    }
}
