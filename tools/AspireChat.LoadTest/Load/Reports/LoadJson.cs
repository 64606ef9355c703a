using System.Text.Json;
using System.Text.Json.Serialization;

namespace AspireChat.LoadTest.Load.Reports;

/// <summary>Reports as JSON.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(LoadReport))]
internal sealed partial class LoadJson : JsonSerializerContext;
