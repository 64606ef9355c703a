using System.CommandLine;
using System.Text.Json;
using AspireChat.ScaleModel.Costs;
using AspireChat.ScaleModel.Fitting;
using AspireChat.ScaleModel.Measured;
using AspireChat.ScaleModel.Output;
using AspireChat.ScaleModel.Planning;
using AspireChat.ScaleModel.Simulation;

namespace AspireChat.ScaleModel;

/// <summary>The tool's command line.</summary>
internal sealed class ScaleCommand
{
    private const int Possible = 0;
    private const int Impossible = 1;
    private const int NotRun = 2;

    private static readonly Workload Usual = new() { Connections = 1, Rooms = 1 };
    private static readonly Machines Machine = new();

    private readonly Option<double> _connections = new("--connections", "-c") { Description = "Connections that are open at a time.", Required = true };
    private readonly Option<double?> _rooms = new("--rooms") { Description = "Rooms that have members. Default: rooms of 20." };
    private readonly Option<double?> _members = new("--members") { Description = "Members of a room, on average. Default: so many that each connection is in one room." };
    private readonly Option<double> _rate = new("--rate") { Description = "Messages a second in each room, on average.", DefaultValueFactory = _ => Usual.Rate };
    private readonly Option<int> _text = new("--text") { Description = "Bytes of a message's text.", DefaultValueFactory = _ => Usual.TextBytes };
    private readonly Option<Mode> _mode = new("--mode") { Description = "The mode of the backplane: pubsub or stream.", DefaultValueFactory = _ => Usual.Mode };
    private readonly Option<Transport> _transport = new("--transport") { Description = "Chat__Transport: kestrel or direct.", DefaultValueFactory = _ => Usual.Transport };
    private readonly Option<bool> _noGateway = new("--no-gateway") { Description = "Clients come to the instances without gateways of ours." };
    private readonly Option<int> _history = new("--history") { Description = "Messages that a room's history holds, Chat__Stream__HistoryMessages.", DefaultValueFactory = _ => Usual.HistoryMessages };
    private readonly Option<double> _cores = new("--cores") { Description = "Cores of an instance, and of a gateway.", DefaultValueFactory = _ => Machine.Cores };
    private readonly Option<double> _memory = new("--memory") { Description = "GiB of memory of an instance, and of a gateway.", DefaultValueFactory = _ => Machine.MemoryGiB };
    private readonly Option<double> _redisMemory = new("--redis-memory") { Description = "GiB of memory of a Redis shard.", DefaultValueFactory = _ => Machine.RedisMemoryGiB };
    private readonly Option<double> _network = new("--network") { Description = "Gbit/s of each machine's network.", DefaultValueFactory = _ => Machine.NetworkGbit };
    private readonly Option<double> _files = new("--files") { Description = "Files that a process may have open (ulimit -n).", DefaultValueFactory = _ => Machine.Files };
    private readonly Option<double> _busy = new("--busy") { Description = "How much of the cores may be busy, 0 to 1.", DefaultValueFactory = _ => Machine.CpuShare };
    private readonly Option<int> _spare = new("--spare") { Description = "So many instances, and gateways, may be lost while the others carry all.", DefaultValueFactory = _ => Machine.Spare };
    private readonly Option<double> _skew = new("--skew") { Description = "How much busier some rooms are than others, in the simulation: the exponent of Zipf's law.", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _seed = new("--seed") { Description = "Decides what the simulation puts where.", DefaultValueFactory = _ => 1 };
    private readonly Option<bool> _noSimulation = new("--no-simulation") { Description = "The closed form alone." };
    private readonly Option<bool> _json = new("--json") { Description = "As JSON." };

    private ScaleCommand()
    {
    }

    public static RootCommand Create()
    {
        var options = new ScaleCommand();
        var command = new RootCommand("Says how many chat instances, gateways and Redis shards a chat takes, and what each is short of first. Fitted to what was measured on one machine; see docs/scale.md.")
        {
            options._connections, options._rooms, options._members, options._rate, options._text, options._mode, options._transport, options._noGateway, options._history,
            options._cores, options._memory, options._redisMemory, options._network, options._files, options._busy, options._spare,
            options._skew, options._seed, options._noSimulation, options._json,
        };
        command.SetAction(options.Run);
        command.Add(Docs());
        command.Add(Refit());
        return command;
    }

    private static Command Docs()
    {
        var page = new Argument<FileInfo>("page") { Description = "docs/scale.md." };
        var command = new Command("docs", "Makes the tables of the page anew.") { page };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var file = parsed.GetValue(page)!.FullName;
            await File.WriteAllTextAsync(file, ScalePage.Rewrite(await File.ReadAllTextAsync(file, cancellationToken)), cancellationToken);
        });
        return command;
    }

    private static Command Refit()
    {
        var output = new Argument<FileInfo>("parameters") { Description = "Measured/parameters.json." };
        var command = new Command("fit", "Fits the costs to what was measured.") { output };
        command.SetAction((parsed, cancellationToken) => File.WriteAllTextAsync(
            parsed.GetValue(output)!.FullName, JsonSerializer.Serialize(Fit.Of(MeasuredLoads.Instances, MeasuredLoads.Gateway), CostsJson.Default.FittedCosts) + "\n", cancellationToken));
        return command;
    }

    private async Task<int> Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            var plan = Planner.Recorded.Of(WorkloadOf(parsed), MachinesOf(parsed));
            var placement = parsed.GetValue(_noSimulation) || !plan.IsPossible
                ? null
                : Placement.Of(plan.Workload, plan.Instances.Count!.Value, plan.Shards.Count!.Value, parsed.GetValue(_skew), parsed.GetValue(_seed));
            await parsed.InvocationConfiguration.Output.WriteLineAsync(parsed.GetValue(_json) ? new PlanDocument(plan, placement).ToJson() : PlanText.Of(plan, placement).TrimEnd());
            return plan.IsPossible ? Possible : Impossible;
        }
        catch (ScaleException e)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync(e.Message);
            return NotRun;
        }
    }

    private Workload WorkloadOf(ParseResult parsed)
    {
        var connections = parsed.GetValue(_connections);
        return new Workload
        {
            Connections = connections,
            Rooms = parsed.GetValue(_rooms) ?? Math.Max(1, Math.Floor(connections / (parsed.GetValue(_members) ?? 20))),
            MembersPerRoom = parsed.GetValue(_members),
            Rate = parsed.GetValue(_rate),
            TextBytes = parsed.GetValue(_text),
            Mode = parsed.GetValue(_mode),
            Transport = parsed.GetValue(_transport),
            Gateways = !parsed.GetValue(_noGateway),
            HistoryMessages = parsed.GetValue(_history),
        };
    }

    private Machines MachinesOf(ParseResult parsed) => new()
    {
        Cores = parsed.GetValue(_cores),
        MemoryGiB = parsed.GetValue(_memory),
        RedisMemoryGiB = parsed.GetValue(_redisMemory),
        NetworkGbit = parsed.GetValue(_network),
        Files = parsed.GetValue(_files),
        CpuShare = parsed.GetValue(_busy),
        Spare = parsed.GetValue(_spare),
    };
}
