using AspireChat.ChatServer.Instances;
using AspireChat.ChatServer.Protocol;
using AspireChat.ChatServer.Telemetry;
using Microsoft.Extensions.Options;

namespace AspireChat.ChatServer.Connections;

/// <summary>What all connections have in common, so that each has to hold one reference for it.</summary>
internal sealed class ConnectionSetup(
    Incarnation incarnation,
    IOptions<ConnectionOptions> options,
    IOptions<LimitsOptions> limits,
    ChatTelemetry telemetry,
    TimeProvider time,
    ILogger<ChatConnection> logger)
{
    private const int RequestsPerSend = 5;
    private const int BurstSeconds = 2;

    public ConnectionOptions Options { get; } = options.Value;

    public LimitsOptions Limits { get; } = limits.Value;

    public ChatTelemetry Telemetry { get; } = telemetry;

    public TimeProvider Time { get; } = time;

    public string Instance { get; } = incarnation.Instance;

    public string IdOf(long number) => $"{incarnation.Id}.{number}";

    public TokenBucket NewSendBucket() => new(Limits.SendsPerSecond, Limits.SendsPerSecond * BurstSeconds, Time);

    public TokenBucket NewRequestBucket() =>
        new(Limits.SendsPerSecond * RequestsPerSend, Limits.SendsPerSecond * RequestsPerSend * BurstSeconds, Time);

    public void Closed(ChatConnection connection, CloseReason reason)
    {
        Telemetry.Closed(reason);
        if (reason == CloseReason.SlowConsumer)
        {
            logger.SlowConsumer(connection.Id, connection.Outbound.Bytes, connection.Outbound.Stalled.TotalSeconds);
        }
        else
        {
            logger.Closing(connection.Id, reason.Code, reason.Text);
        }
    }
}
