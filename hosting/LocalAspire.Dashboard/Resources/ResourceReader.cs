using Google.Protobuf.WellKnownTypes;
using LocalAspire.Protos.ResourceService.V1;
using Enum = System.Enum;

namespace LocalAspire.Dashboard.Resources;

/// <summary>Turns the resource service's messages into what is shown.</summary>
internal static class ResourceReader
{
    public static AppResource Read(Resource wire) => new()
    {
        Name = wire.Name,
        DisplayName = wire.DisplayName.Length > 0 ? wire.DisplayName : wire.Name,
        Type = wire.ResourceType,
        State = wire.HasState ? wire.State : null,
        StateStyle = wire.HasStateStyle ? wire.StateStyle : null,
        CreatedAt = wire.CreatedAt?.ToDateTimeOffset(),
        StartedAt = wire.StartedAt?.ToDateTimeOffset(),
        StoppedAt = wire.StoppedAt?.ToDateTimeOffset(),
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
        wire.LastRunAt?.ToDateTimeOffset());

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
