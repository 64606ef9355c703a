using System.CommandLine;
using AspireChat.LoadTest.Load.Scenarios;

namespace AspireChat.LoadTest.Load.Commands;

/// <summary>The commands <c>fan-out</c>, <c>rooms</c>, <c>idle</c> and <c>storm</c>.</summary>
internal static class LoadCommands
{
    public static Command FanOut()
    {
        var connections = Connections(300);
        var (rates, keepGoing) = (Rates(10, 20, 50), KeepGoing());
        return ScenarioCommand.Create(
            new Command("fan-out", "One room, and messages to all in it at higher and higher rates.") { connections, rates, keepGoing },
            parsed => (parsed.GetValue(connections), 1),
            parsed => new Ladder("fan-out", parsed.GetRequiredValue(rates), parsed.GetValue(keepGoing)));
    }

    public static Command Rooms()
    {
        var (connections, rooms) = (Connections(300), RoomCount(50));
        var (rates, keepGoing) = (Rates(50, 100, 200), KeepGoing());
        return ScenarioCommand.Create(
            new Command("rooms", "Many rooms, and messages over all of them in turn at higher and higher rates.") { connections, rooms, rates, keepGoing },
            parsed => (parsed.GetValue(connections), parsed.GetValue(rooms)),
            parsed => new Ladder("rooms", parsed.GetRequiredValue(rates), parsed.GetValue(keepGoing)));
    }

    public static Command Idle()
    {
        var connections = new Option<int[]>("--connections", "-c") { Description = "How many there are in each step.", CustomParser = Numbers.ParseWhole, DefaultValueFactory = _ => [100, 500, 1000] };
        var rooms = RoomCount(10);
        return ScenarioCommand.Create(
            new Command("idle", "More and more connections that do nothing: whether they stay, and each still gets a message.") { connections, rooms },
            parsed => (parsed.GetRequiredValue(connections).DefaultIfEmpty().Max(), parsed.GetValue(rooms)),
            parsed => new Idle(parsed.GetRequiredValue(connections)));
    }

    public static Command Storm()
    {
        var (connections, rooms) = (Connections(300), RoomCount(10));
        var rate = new Option<double>("--rate") { Description = "Messages a second meanwhile, in all.", DefaultValueFactory = _ => 20 };
        var share = new Option<double>("--share") { Description = "The share of the connections that break at once.", DefaultValueFactory = _ => 1 };
        var storms = new Option<int>("--storms") { Description = "How many storms there are.", DefaultValueFactory = _ => 3 };
        return ScenarioCommand.Create(
            new Command("storm", "All connections break at once and come back while messages go on: how long that takes, and what is missed.") { connections, rooms, rate, share, storms },
            parsed => (parsed.GetValue(connections), parsed.GetValue(rooms)),
            parsed => new Storm(parsed.GetValue(rate), parsed.GetValue(share), parsed.GetValue(storms)));
    }

    private static Option<int> Connections(int count) => new("--connections", "-c") { Description = "Connections that receive.", DefaultValueFactory = _ => count };

    private static Option<int> RoomCount(int count) => new("--rooms", "-r") { Description = "Rooms that these are spread over.", DefaultValueFactory = _ => count };

    private static Option<double[]> Rates(params double[] rates) =>
        new("--rates") { Description = "Messages a second in all, one number for each step.", CustomParser = Numbers.Parse, DefaultValueFactory = _ => rates };

    private static Option<bool> KeepGoing() => new("--keep-going") { Description = "Go on to the next step after one that did not hold." };
}
