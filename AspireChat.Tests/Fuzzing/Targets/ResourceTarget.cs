using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using LocalAspire.Dashboard.Resources;
using LocalAspire.Protos.ResourceService.V1;

namespace AspireChat.Tests.Fuzzing.Targets;

/// <summary>What a host tells the dashboard of its resources: shown as far as it makes sense, whoever claims to be the host.</summary>
internal sealed class ResourceTarget : FuzzTarget
{
    public override string Name => "resources";

    public override IEnumerable<byte[]> Seeds =>
    [
        new Resource
        {
            Name = "chat-1-abc", DisplayName = "chat-1", ResourceType = "Project", State = "Running", StateStyle = "success", Uid = "1",
            CreatedAt = new Timestamp { Seconds = 1_700_000_000 }, StartedAt = new Timestamp { Seconds = 1_700_000_001, Nanos = 5 },
            Environment = { new EnvironmentVariable { Name = "A", Value = "B", IsFromSpec = true } },
            Commands = { new ResourceCommand { Name = "stop", DisplayName = "Stop", State = ResourceCommandState.Enabled, IconName = "Stop" } },
            Properties = { new ResourceProperty { Name = "executable.pid", Value = Value.ForNumber(42) }, new ResourceProperty { Name = "x", Value = Value.ForList(Value.ForString("a"), Value.ForBool(true)) } },
            Urls = { new Url { EndpointName = "http", FullUrl = "http://localhost:5080" } },
            HealthReports = { new HealthReport { Key = "http", Status = HealthStatus.Unhealthy, Description = "d", Exception = "e", LastRunAt = new Timestamp { Seconds = 5 } } },
            Relationships = { new ResourceRelationship { ResourceName = "redis", Type = "Reference" } },
        }.ToByteArray(),
        new Resource { Name = "x" }.ToByteArray(),
    ];

    public override (long Fixed, int PerByte) Allocation => (256 * 1024, 256);

    public override byte[] Generate(Random random)
    {
        var nested = Value.ForString("deep");
        for (var i = random.Next(30); i > 0; i--)
        {
            nested = random.Next(2) == 0 ? Value.ForList(nested, nested) : Value.ForStruct(new Struct { Fields = { ["a"] = nested } });
            if (nested.CalculateSize() > 2_000)
            {
                break;
            }
        }

        return new Resource
        {
            Name = "x",
            CreatedAt = Time(),
            StartedAt = Time(),
            StoppedAt = Time(),
            Commands = { new ResourceCommand { Name = "a", State = (ResourceCommandState)random.Next(-1, 5) } },
            Properties = { new ResourceProperty { Name = "", Value = nested }, new ResourceProperty { Name = ".", Value = Value.ForNumber(double.NaN) } },
            Urls = { new Url { FullUrl = "javascript:alert(1)" }, new Url { FullUrl = "http://[" } },
            HealthReports = { new HealthReport { Status = (HealthStatus)random.Next(-1, 5), LastRunAt = Time() } },
        }.ToByteArray();

        Timestamp? Time() => random.Next(4) switch
        {
            0 => null,
            1 => new Timestamp { Seconds = random.NextInt64(long.MinValue, long.MaxValue), Nanos = random.Next() },
            2 => new Timestamp { Nanos = -1 },
            _ => new Timestamp { Seconds = random.Next() },
        };
    }

    public override string Check(byte[] input)
    {
        Resource wire;
        try
        {
            wire = Resource.Parser.ParseFrom(input);
        }
        catch (InvalidProtocolBufferException)
        {
            return "no message";
        }

        var shown = ResourceReader.Read(wire);
        var status = ResourceStatus.Of(shown);
        var links = shown.Addresses.Where(address => address.CanOpen).ToList();
        if (links.Exists(link => !link.Url.StartsWith("http", StringComparison.OrdinalIgnoreCase)))
        {
            throw new FuzzException("An address became a link that leads to no page.");
        }

        return $"{status.Tone} {shown.Properties.Count} {links.Count} {shown.Commands.Count}";
    }
}
