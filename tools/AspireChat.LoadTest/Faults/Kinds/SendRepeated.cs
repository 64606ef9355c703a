using System.Diagnostics;
using System.Text.Json;

namespace AspireChat.LoadTest.Faults.Kinds;

internal sealed class SendRepeated : IFault
{
    private const int Times = 10;

    public int Number => 14;

    public string Name => "one send ten times over all instances";

    public string Passes => "one message, one offset";

    public FaultScope Scope => FaultScope.Clients;

    public TimeSpan Length(FaultRunOptions options) => TimeSpan.FromSeconds(3);

    public async Task StrikeAsync(FaultContext context, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        var (room, id) = ($"repeated-{Guid.NewGuid():n}", Guid.NewGuid().ToString("n"));
        var doors = context.Deployment.Doors.ToArray();
        var places = await Task.WhenAll(Enumerable.Range(0, Times).Select(async time =>
        {
            using var sender = await Member.JoinAsync(doors[time % doors.Length], room, "ada", cancellationToken);
            await sender.SendAsync(id, "once");
            using var ack = await sender.UntilAsync("ack", cancellationToken);
            return (ack.RootElement.GetProperty("epoch").GetString(), ack.RootElement.GetProperty("offset").GetInt64());
        }));

        using var page = JsonDocument.Parse(await context.Deployment.Instances[0].GetAsync($"/api/rooms/{room}/messages", cancellationToken));
        context.Expect(places.Distinct().Count() == 1, $"One send was acknowledged at {string.Join(", ", places.Distinct())}.");
        context.Expect(page.RootElement.GetProperty("top").GetInt64() == 1, $"The room has {page.RootElement.GetProperty("top")} messages instead of one.");
        await context.FlowAgainAsync(began, cancellationToken);
    }
}
