using System.Text.Json;
using System.Text.Json.Serialization;

namespace AspireChat.LoadTest.Auditing.Recording;

/// <summary>Entries as lines of JSON.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(AuditEntry))]
internal sealed partial class AuditJson : JsonSerializerContext;
