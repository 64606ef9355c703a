using System.Net.Sockets;
using System.Text;
using AspireChat.Tests.ChatServers;
using AspireChat.Tests.Conformance.Cases;

namespace AspireChat.Tests.Conformance;

/// <summary>RFC 6455 case by case, in the manner of the Autobahn suite, as a client of our own making sees it on the wire.</summary>
public abstract class ConformanceSpecification(ConformanceTarget target)
{
    public static TheoryData<string> Exchanges => [.. ConformanceCases.Names];

    public static TheoryData<string> Handshakes => [.. HandshakeCases.ByName.Keys];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Exchanges))]
    public async Task An_exchange_goes_by_the_standard(string name)
    {
        var exchange = ConformanceCases.Find(name);
        await using var client = await TestClient.OpenAsync(target.Address);
        await client.NextAsync("welcome");

        foreach (var write in exchange.Writes)
        {
            await client.SendRawAsync(write);
        }

        if (!exchange.EndsInClose)
        {
            await client.SendRawAsync(Wire.Text(Wire.Echo("end")));
            await client.SendRawAsync(Wire.Close(1000));
        }

        var answers = new List<string>();
        while (await client.NextFrameAsync() is { } frame)
        {
            answers.Add(Answer.Of(frame));
            if (frame.Opcode == TestFrame.CloseOpcode)
            {
                await client.SendRawAsync(Wire.Close(1000));
                client.EndSending();
            }
        }

        Assert.Equal(exchange.EndsInClose ? exchange.Answers : [.. exchange.Answers, Wire.Echoed("end"), Answer.Close(1000)], answers);
    }

    [Theory]
    [MemberData(nameof(Handshakes))]
    public async Task A_handshake_goes_by_the_standard(string name)
    {
        var wanted = HandshakeCases.ByName[name];
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(target.Address.Host, target.Address.Port, Cancellation);
        await using var stream = new BufferedStream(tcp.GetStream());
        string[] lines = [wanted.Request[0], $"Host: {target.Address.Authority}", .. wanted.Request[1..], "", ""];

        await tcp.GetStream().WriteAsync(Encoding.ASCII.GetBytes(string.Join("\r\n", lines)), Cancellation);
        var answer = await Handshake.ReadAsync(stream);

        Assert.Equal(wanted.Status, answer.Status);
        Assert.All(wanted.Headers, header => Assert.Equal(header.Value, answer.Headers.GetValueOrDefault(header.Name)));
    }

    [Theory]
    [InlineData("bytes that are no frame", 1002, new byte[] { 0xFF, 0xFF })]
    [InlineData("a binary message", 1003, new byte[] { 0x82, 0xFE, 0xFF, 0xFF, 0, 0, 0, 0 })]
    [InlineData("a text that is too big", 1009, new byte[] { 0x81, 0xFF, 0, 0, 0, 0, 0, 0x0F, 0xFF, 0xFF, 0, 0, 0, 0 })]
    public async Task A_close_reaches_a_client_that_has_not_finished_sending(string what, int code, byte[] beginning)
    {
        await using var client = await TestClient.OpenAsync(target.Address);
        await client.NextAsync("welcome");

        await client.SendRawAsync(beginning);
        var close = await client.NextFrameAsync();
        for (var i = 0; i < 10; i++)
        {
            await client.SendRawAsync(new byte[50_000]);
        }

        client.EndSending();
        Assert.True(close is { Opcode: TestFrame.CloseOpcode } && close.CloseCode == code, what);
        Assert.True(await client.EndsAsync(), $"After {what} the server reset the connection instead of ending it.");
    }
}

public sealed class KestrelConformanceTests(KestrelTarget target) : ConformanceSpecification(target), IClassFixture<KestrelTarget>;

public sealed class DirectConformanceTests(DirectTarget target) : ConformanceSpecification(target), IClassFixture<DirectTarget>;

public sealed class GatewayConformanceTests(GatewayTarget target) : ConformanceSpecification(target), IClassFixture<GatewayTarget>
{
    [Fact]
    public async Task The_gateway_passes_on_every_byte_as_it_is()
    {
        byte[] said =
        [
            .. Wire.Text(Wire.EchoOf(126)), .. Wire.Ping("ping"u8), .. Wire.Text(Wire.EchoOf(65536)), .. Wire.Text("nonsense"),
            .. Wire.Fragments("{\"type\":"u8.ToArray(), "\"ping\"}"u8.ToArray()).SelectMany(fragment => fragment), .. Wire.Close(4321, "bye"u8),
        ];

        var through = await AnswersAsync(target.Address, said);
        var past = await AnswersAsync(target.Behind, said);

        Assert.Equal(past, through);
    }

    /// <summary>All that the server sends after its welcome, which tells connections apart.</summary>
    private static async Task<string> AnswersAsync(Uri address, byte[] said)
    {
        await using var client = await TestClient.OpenAsync(address);
        await client.NextAsync("welcome");
        await client.SendRawAsync(said);
        return Convert.ToHexString(await client.ReadToEndAsync());
    }
}
