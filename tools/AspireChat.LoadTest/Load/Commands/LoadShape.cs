using System.CommandLine;
using AspireChat.LoadTest.Auditing;
using AspireChat.LoadTest.Load.Clients;

namespace AspireChat.LoadTest.Load.Commands;

/// <summary>The options that say what load is made of, common to the scenarios.</summary>
internal sealed class LoadShape
{
    private readonly Option<double> _seconds = new("--seconds", "-s") { Description = "How long a step lasts.", DefaultValueFactory = _ => 10 };
    private readonly Option<double> _warmUp = new("--warm-up") { Description = "Seconds of load before anything counts.", DefaultValueFactory = _ => 2 };
    private readonly Option<int> _text = new("--text") { Description = "Characters of a text.", DefaultValueFactory = _ => 128 };
    private readonly Option<int?> _publishers = new("--publishers") { Description = "Connections that publish. Default: as many as the server's limit of sends a second makes necessary." };
    private readonly Option<double> _connectRate = new("--connect-rate") { Description = "New connections a second.", DefaultValueFactory = _ => 500 };
    private readonly Option<ReconnectPace> _reconnect = new("--reconnect") { Description = "How clients come back.", DefaultValueFactory = _ => ReconnectPace.FullJitter };

    public static LoadShape AddTo(Command command)
    {
        var shape = new LoadShape();
        foreach (var option in (Option[])[shape._seconds, shape._warmUp, shape._text, shape._publishers, shape._connectRate, shape._reconnect])
            command.Add(option);

        return shape;
    }

    public LoadOptions OptionsOf(ParseResult parsed, IReadOnlyList<Target> targets, Credentials credentials, int connections, int rooms) => new()
    {
        Targets = targets,
        Credentials = credentials,
        Connections = connections,
        Rooms = rooms,
        Step = TimeSpan.FromSeconds(Math.Clamp(parsed.GetValue(_seconds), 0, 1e6)),
        WarmUp = TimeSpan.FromSeconds(Math.Clamp(parsed.GetValue(_warmUp), 0, 1e6)),
        TextChars = parsed.GetValue(_text),
        Publishers = parsed.GetValue(_publishers),
        ConnectRate = parsed.GetValue(_connectRate),
        Reconnect = parsed.GetValue(_reconnect),
    };
}
