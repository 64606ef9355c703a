using System.Diagnostics;
using System.Net.WebSockets;

namespace AspireChat.Tests.Gateway;

/// <summary>The host of an instance is gone, and no packet says so: neither the end of a connection nor a refusal.</summary>
public sealed class VanishedHostTests
{
    private static readonly TimeSpan DeadAfter = TimeSpan.FromSeconds(2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Its_connections_end_within_the_time_that_is_set(bool talking)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The kernel's filter of a socket's packets is Linux's.");
        await using var instance = await StandInInstance.StartAsync("chat-1");
        await using var gateway = await GatewayUnderTest.StartAsync([instance], ("Gateway:ProbeInterval", "00:10:00"), ("Gateway:DeadAfter", $"{DeadAfter}"));
        var (socket, _) = await gateway.ConnectAsync();
        using var client = socket;
        Assert.Equal("still here", await GatewayUnderTest.EchoAsync(client, "still here"));

        instance.Vanish();
        var began = Stopwatch.GetTimestamp();
        if (talking)
            await client.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, true, Cancellation);

        await Assert.ThrowsAsync<WebSocketException>(() => client.ReceiveAsync(new byte[1], Cancellation).WaitAsync(4 * DeadAfter, Cancellation));
        Assert.True(Stopwatch.GetElapsedTime(began) >= DeadAfter / 2, "It was the silence that ended it.");
    }
}
