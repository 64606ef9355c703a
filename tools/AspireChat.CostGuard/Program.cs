using System.CommandLine;
using AspireChat.CostGuard;

var record = new Option<bool>("--record") { Description = "Write the ratios measured now into the file, as those to keep." };
var rounds = new Option<int>("--rounds") { Description = "How often each side is measured at each rate.", DefaultValueFactory = _ => 5 };
var curves = new Command("curves", "Tells how the cost of a delivery changes with load, members, rooms, servers and the size of a message; takes some ten minutes.");
curves.SetAction((_, cancellationToken) => Curves.RunAsync(cancellationToken));
var part = new Argument<string>("part") { Description = "instances: their CPU time and that of Redis; gateway: the same and that of a gateway; memory: what connections, rooms and messages hold." };
part.AcceptOnlyFromAmong("instances", "gateway", "memory");
var output = new Argument<FileInfo>("output") { Description = "The file for what was measured, as JSON." };
var scale = new Command("scale", "Measures what the scale model is held to; takes some ten minutes.") { part, output };
scale.SetAction((parsed, cancellationToken) => ScaleGrid.RunAsync(parsed.GetValue(part)!, parsed.GetValue(output)!, cancellationToken));
var command = new RootCommand("Fails when a delivery costs more CPU, against the same chat by SignalR, than is on record.") { record, rounds, curves, scale };
command.SetAction((parsed, cancellationToken) => Guard.RunAsync(parsed.GetValue(record), Math.Clamp(parsed.GetValue(rounds), 1, 100), cancellationToken));
return await command.Parse(args).InvokeAsync();
