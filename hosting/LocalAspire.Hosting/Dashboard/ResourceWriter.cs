using System.Collections;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Google.Protobuf.WellKnownTypes;
using LocalAspire.Protos.ResourceService.V1;
using HostHealth = Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus;
using HostIcon = Aspire.Hosting.ApplicationModel.IconVariant;
using WireCommandState = LocalAspire.Protos.ResourceService.V1.ResourceCommandState;
using WireHealth = LocalAspire.Protos.ResourceService.V1.HealthStatus;
using WireIcon = LocalAspire.Protos.ResourceService.V1.IconVariant;
using WireResource = LocalAspire.Protos.ResourceService.V1.Resource;

namespace LocalAspire.Dashboard;

/// <summary>Puts a resource's state into the resource service's message.</summary>
internal static class ResourceWriter
{
    public static WireResource Write(ResourceEvent state)
    {
        var snapshot = state.Snapshot;
        var wire = new WireResource
        {
            Name = state.ResourceId,
            DisplayName = state.Resource.Name,
            ResourceType = snapshot.ResourceType,
            Uid = state.ResourceId,
            IsHidden = snapshot.IsHidden,
            SupportsDetailedTelemetry = snapshot.ResourceType == "Project",
            CreatedAt = Time(snapshot.CreationTimeStamp),
            StartedAt = Time(snapshot.StartTimeStamp),
            StoppedAt = Time(snapshot.StopTimeStamp),
        };
        if (snapshot.State is { } now)
        {
            wire.State = now.Text;
            if (now.Style is { } style) wire.StateStyle = style;
        }

        if (snapshot.IconName is { } icon) wire.IconName = icon;
        if (snapshot.IconVariant is { } variant) wire.IconVariant = Icon(variant);
        wire.Environment.AddRange(snapshot.EnvironmentVariables.Select(Write));
        wire.Commands.AddRange(snapshot.Commands.Select(Write));
        wire.Properties.AddRange(Properties(state));
        wire.Urls.AddRange(snapshot.Urls.Select(Write));
        wire.HealthReports.AddRange(snapshot.HealthReports.Select(Write));
        wire.Relationships.AddRange(snapshot.Relationships.Select(one => new ResourceRelationship { ResourceName = one.ResourceName, Type = one.Type }));
        return wire;
    }

    private static IEnumerable<ResourceProperty> Properties(ResourceEvent state)
    {
        foreach (var property in state.Snapshot.Properties)
            yield return new ResourceProperty { Name = property.Name, Value = AsValue(property.Value), IsSensitive = property.IsSensitive };

        if (state.Snapshot.ExitCode is { } exitCode) yield return new ResourceProperty { Name = "resource.exitCode", DisplayName = "Exit code", Value = AsValue(exitCode) };
        if (state.Resource is ParameterResource parameter && ParameterValue.Of(parameter) is { } value)
            yield return new ResourceProperty { Name = "Value", Value = AsValue(value), IsSensitive = parameter.Secret };
    }

    private static EnvironmentVariable Write(EnvironmentVariableSnapshot variable)
    {
        var wire = new EnvironmentVariable { Name = variable.Name, IsFromSpec = variable.IsFromSpec };
        if (variable.Value is { } value) wire.Value = value;
        return wire;
    }

    private static ResourceCommand Write(ResourceCommandSnapshot command)
    {
        var wire = new ResourceCommand
        {
            Name = command.Name,
            DisplayName = command.DisplayName,
            IsHighlighted = command.IsHighlighted,
            State = command.State switch
            {
                Aspire.Hosting.ApplicationModel.ResourceCommandState.Enabled => WireCommandState.Enabled,
                Aspire.Hosting.ApplicationModel.ResourceCommandState.Disabled => WireCommandState.Disabled,
                _ => WireCommandState.Hidden,
            },
        };
        if (command.DisplayDescription is { } description) wire.DisplayDescription = description;
        if (command.ConfirmationMessage is { } question) wire.ConfirmationMessage = question;
        if (command.IconName is { } icon) wire.IconName = icon;
        if (command.IconVariant is { } variant) wire.IconVariant = Icon(variant);
        if (command.Parameter is { } parameter) wire.Parameter = AsValue(parameter);
        return wire;
    }

    private static Url Write(UrlSnapshot url)
    {
        var wire = new Url
        {
            FullUrl = url.Url,
            IsInternal = url.IsInternal,
            IsInactive = url.IsInactive,
            DisplayProperties = new UrlDisplayProperties { DisplayName = url.DisplayProperties.DisplayName, SortOrder = url.DisplayProperties.SortOrder },
        };
        if (url.Name is { } name) wire.EndpointName = name;
        return wire;
    }

    private static HealthReport Write(HealthReportSnapshot report)
    {
        var wire = new HealthReport { Key = report.Name, Description = report.Description ?? "", Exception = report.ExceptionText ?? "", LastRunAt = Time(report.LastRunAt) };
        if (report.Status is { } status)
            wire.Status = status switch { HostHealth.Healthy => WireHealth.Healthy, HostHealth.Degraded => WireHealth.Degraded, _ => WireHealth.Unhealthy };
        return wire;
    }

    private static WireIcon Icon(HostIcon variant) => variant == HostIcon.Filled ? WireIcon.Filled : WireIcon.Regular;

    private static Timestamp? Time(DateTime? time) => time is { } known ? Timestamp.FromDateTime(DateTime.SpecifyKind(known, DateTimeKind.Utc)) : null;

    private static Value AsValue(object? value) => value switch
    {
        null => Value.ForNull(),
        string text => Value.ForString(text),
        bool flag => Value.ForBool(flag),
        int or long or double => Value.ForNumber(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        IEnumerable items => Value.ForList([.. items.Cast<object?>().Select(AsValue)]),
        _ => Value.ForString(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""),
    };
}
