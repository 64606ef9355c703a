using Google.Protobuf.WellKnownTypes;
using LocalAspire.Protos.ResourceService.V1;
using Enum = System.Enum;

namespace LocalAspire.Dashboard.Resources;

/// <summary>Turns the resource service's messages into what is shown.</summary>
internal static class ResourceReader
{
    /// <summary>The years 1 to 9999, as the message's own documentation bounds them.</summary>
    private const long MinSeconds = -62_135_596_800;
    private const long MaxSeconds = 253_402_300_799;
    private const int NanosInSecond = 1_000_000_000;

    public static AppResource Read(Resource wire) => new()
    {
        Name = wire.Name,
        DisplayName = wire.DisplayName.Length > 0 ? wire.DisplayName : wire.Name,
        Type = wire.ResourceType,
        State = wire.HasState ? wire.State : null,
        StateStyle = wire.HasStateStyle ? wire.StateStyle : null,
        CreatedAt = Time(wire.CreatedAt),
        StartedAt = Time(wire.StartedAt),
        StoppedAt = Time(wire.StoppedAt),
        Environment = [.. wire.Environment.Select(one => new ResourceVariable(one.Name, one.Value, one.IsFromSpec))],
        Commands = [.. wire.Commands.Where(one => one.State != ResourceCommandState.Hidden).Select(Read)],
        Properties = [.. wire.Properties.Select(one => new ResourceDetail(one.Name, one.HasDisplayName ? one.DisplayName : ResourceDetail.NameOf(one.Name), Text(one.Value), one.IsSensitive))],
        Addresses = [.. wire.Urls.Select(Read).OrderByDescending(one => one.Order)],
        Volumes = [.. wire.Volumes.Select(one => new ResourceVolume(one.Source, one.Target, one.MountType, one.IsReadOnly))],
        HealthReports = [.. wire.HealthReports.Select(Read)],
        Relations = [.. wire.Relationships.Select(one => new ResourceRelation(one.ResourceName, one.Type)).Distinct()],
        IsHidden = wire.IsHidden || wire.State == "Hidden",
        IconName = wire.HasIconName ? wire.IconName : null,
    };

    private static AppCommand Read(ResourceCommand wire) => new(
        wire.Name,
        wire.DisplayName.Length > 0 ? wire.DisplayName : wire.Name,
        wire.HasDisplayDescription ? wire.DisplayDescription : null,
        wire.HasConfirmationMessage && wire.ConfirmationMessage.Length > 0 ? wire.ConfirmationMessage : null,
        wire.IsHighlighted,
        wire.HasIconName ? wire.IconName : null,
        wire.State == ResourceCommandState.Enabled);

    private static ResourceAddress Read(Url wire) => new(
        wire.EndpointName, wire.FullUrl, wire.DisplayProperties?.DisplayName ?? "", wire.DisplayProperties?.SortOrder ?? 0, wire.IsInternal, wire.IsInactive);

    private static HealthCheckReport Read(HealthReport wire) => new(
        wire.Key,
        !wire.HasStatus || !Enum.IsDefined(wire.Status) ? null : wire.Status switch
        {
            HealthStatus.Healthy => HealthState.Healthy,
            HealthStatus.Degraded => HealthState.Degraded,
            _ => HealthState.Unhealthy,
        },
        wire.Description,
        wire.Exception,
        Time(wire.LastRunAt));

    /// <summary>Null too for a time that there is not: the message has room for more than the calendar.</summary>
    private static DateTimeOffset? Time(Timestamp? wire) =>
        wire is { Seconds: >= MinSeconds and <= MaxSeconds, Nanos: >= 0 and < NanosInSecond } ? wire.ToDateTimeOffset() : null;

    private static string Text(Value? value) => value?.KindCase switch
    {
        Value.KindOneofCase.StringValue => value.StringValue,
        Value.KindOneofCase.BoolValue => value.BoolValue ? "true" : "false",
        Value.KindOneofCase.NumberValue => value.NumberValue.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        Value.KindOneofCase.ListValue => string.Join(' ', value.ListValue.Values.Select(Text)),
        Value.KindOneofCase.StructValue => string.Join(", ", value.StructValue.Fields.Select(field => $"{field.Key}: {Text(field.Value)}")),
        _ => "",
    };
}
