using Google.Protobuf.Collections;
using LocalAspire.Dashboard.Telemetry;
using Microsoft.Extensions.Options;
using OpenTelemetry.Proto.Common.V1;
using WireResource = OpenTelemetry.Proto.Resource.V1.Resource;
using WireScope = OpenTelemetry.Proto.Common.V1.InstrumentationScope;

namespace LocalAspire.Dashboard.Otlp;

/// <summary>Turns the parts that all three signals share from OTLP's messages into what is stored, within the limits.</summary>
internal sealed class OtlpReader(TelemetryStore store, IOptions<TelemetryLimits> limits)
{
    private const string ServiceName = "service.name";
    private const string ServiceInstanceId = "service.instance.id";
    private const string UnnamedService = "unknown_service";

    private readonly TextPool _pool = new();

    public TelemetryLimits Limits => limits.Value;

    /// <summary>The sender; null where there are too many of them already.</summary>
    public TelemetryResource? Resource(WireResource? resource, Signal signal)
    {
        var attributes = resource?.Attributes;
        var known = store.Resources.All.Count;
        var found = store.Resources.GetOrAdd(
            Find(attributes, ServiceName) is { Length: > 0 } name ? name : UnnamedService,
            Find(attributes, ServiceInstanceId) ?? "",
            () => attributes is null ? AttributeSet.Empty : Attributes(attributes));
        found?.Mark(signal);
        if (store.Resources.All.Count != known) store.ResourcesChanged.Raise();
        return found;
    }

    public Telemetry.InstrumentationScope Scope(WireScope? scope) => scope is null
        ? Telemetry.InstrumentationScope.Unknown
        : new Telemetry.InstrumentationScope(Name(scope.Name), Name(scope.Version));

    public AttributeSet Attributes(RepeatedField<KeyValue> attributes)
    {
        if (attributes.Count == 0) return AttributeSet.Empty;

        var items = new AttributeEntry[Math.Min(attributes.Count, Limits.MaxAttributeCount)];
        for (var i = 0; i < items.Length; i++) items[i] = new AttributeEntry(Name(attributes[i].Key), Value(attributes[i].Value));
        return new AttributeSet(items);
    }

    public AttributeValue Value(AnyValue? value) => value?.ValueCase switch
    {
        AnyValue.ValueOneofCase.StringValue => AttributeValue.Text(Text(value.StringValue)),
        AnyValue.ValueOneofCase.BoolValue => AttributeValue.Boolean(value.BoolValue),
        AnyValue.ValueOneofCase.IntValue => AttributeValue.Whole(value.IntValue),
        AnyValue.ValueOneofCase.DoubleValue => AttributeValue.Real(value.DoubleValue),
        AnyValue.ValueOneofCase.ArrayValue => AttributeValue.List([.. value.ArrayValue.Values.Take(Limits.MaxAttributeCount).Select(Value)]),
        AnyValue.ValueOneofCase.KvlistValue => AttributeValue.Map(Attributes(value.KvlistValue.Values)),
        AnyValue.ValueOneofCase.BytesValue => AttributeValue.Bytes(value.BytesValue.Span[..Math.Min(value.BytesValue.Length, Limits.MaxTextLength)].ToArray()),
        _ => default,
    };

    /// <summary>A text of any length, cut to the limit.</summary>
    public string Text(string text) => text.Length <= Limits.MaxTextLength ? text : text[..Limits.MaxTextLength];

    /// <summary>A text that likely comes again.</summary>
    public string Name(string text) => _pool.Get(Text(text));

    private string? Find(RepeatedField<KeyValue>? attributes, string key)
    {
        foreach (var attribute in attributes ?? [])
            if (attribute.Key == key) return attribute.Value is { } value ? Text(value.StringValue) : null;

        return null;
    }
}
