using System.Text.Json;
using System.Text.Json.Serialization;
using AspireChat.ScaleModel.Planning;
using AspireChat.ScaleModel.Simulation;

namespace AspireChat.ScaleModel.Output;

/// <summary>A plan for machines.</summary>
internal sealed record PlanDocument(Plan Plan, Placement? Placement)
{
    public string ToJson() => JsonSerializer.Serialize(this, PlanJson.Default.PlanDocument);
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(PlanDocument))]
internal sealed partial class PlanJson : JsonSerializerContext;
