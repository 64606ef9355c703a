using System.Text.Json;
using System.Text.Json.Serialization;

namespace AspireChat.ScaleModel.Costs;

/// <summary>The costs that were fitted to what was measured: the file <c>parameters.json</c>, which <c>fit</c> writes.</summary>
internal sealed record FittedCosts
{
    public required InstanceCost PubSubInstance { get; init; }

    public required InstanceCost StreamInstance { get; init; }

    public required RedisCost PubSubRedis { get; init; }

    public required RedisCost StreamRedis { get; init; }

    public required GatewayCost Gateway { get; init; }

    public static FittedCosts Recorded { get; } = Read();

    public InstanceCost Instance(Mode mode) => mode == Mode.Stream ? StreamInstance : PubSubInstance;

    public RedisCost Redis(Mode mode) => mode == Mode.Stream ? StreamRedis : PubSubRedis;

    private static FittedCosts Read()
    {
        using var file = typeof(FittedCosts).Assembly.GetManifestResourceStream("parameters.json")!;
        return JsonSerializer.Deserialize(file, CostsJson.Default.FittedCosts)!;
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(FittedCosts))]
internal sealed partial class CostsJson : JsonSerializerContext;
