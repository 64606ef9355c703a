namespace AspireChat.LoadTest.Load.Clients;

/// <summary>The server answered the upgrade by something else.</summary>
internal sealed class UpgradeRefusedException(string answer) : Exception($"The upgrade was refused: {answer}. {RemedyFor(answer)}".TrimEnd())
{
    private static string RemedyFor(string answer) => answer.Split(' ') is [_, var status, ..] ? RemedyForStatus(status) : "";

    private static string RemedyForStatus(string status) => status switch
    {
        "401" => "Give a valid token with --token, or in the variable ASPIRECHAT_TOKEN.",
        "403" => "The server does not take clients without an Origin from here; see its setting Chat:Origins.",
        "404" => "Nothing listens on this path; the WebSocket of a chat server or gateway is at /ws.",
        "429" => "The server takes no more connections from one address: raise Chat__Limits__ConnectionsPerAddress (0 is no limit), or ask for fewer with --connections.",
        "502" or "503" => "No instance behind the target takes a connection now: none is ready, or they are full, or more clients connect at once than can be taken.",
        _ => "",
    };
}
