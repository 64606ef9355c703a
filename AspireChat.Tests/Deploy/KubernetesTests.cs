using System.Globalization;
using AspireChat.ChatServer.Telemetry;
using AspireChat.Gateway.Instances.Discovery;
using AspireChat.Tests.Operations;
using k8s.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AspireChat.Tests.Deploy;

/// <summary>The manifests, held to what the programs really listen on, read and answer.</summary>
public sealed class KubernetesTests
{
    /// <summary>Of the environment that other variables are made of.</summary>
    private static readonly string[] Parts = ["POD_NAME", "POD_NAMESPACE", "REDIS_PASSWORD"];

    public static TheoryData<string> Overlays => KubernetesOverlay.Names;

    [Theory, MemberData(nameof(Overlays))]
    public void Our_programs_are_run_from_the_images_that_are_published_on_the_ports_that_they_expose(string name)
    {
        var overlay = new KubernetesOverlay(name);

        foreach (var (program, container) in Programs(overlay))
        {
            Assert.Equal(program.Repository, container.Image);
            Assert.Equal([("http", DeployedProgram.Port)], container.Ports.Select(port => (port.Name, port.ContainerPort)));
        }
    }

    [Theory, MemberData(nameof(Overlays))]
    public void Every_variable_is_one_that_the_program_reads_and_its_value_one_that_it_takes(string name)
    {
        var overlay = new KubernetesOverlay(name);

        foreach (var (program, container) in Programs(overlay))
        {
            var environment = overlay.EnvironmentOf(container);
            Assert.All(environment.Keys.Except(Parts), variable => Assert.True(program.Settings.Knows(variable), $"{program.Project} knows no {variable}."));
            Assert.Empty(program.Settings.ProblemsOf(environment));
            Assert.All(environment.Values, value => Assert.DoesNotContain("$(", value, StringComparison.Ordinal));
        }
    }

    [Theory, MemberData(nameof(Overlays))]
    public void Whatever_the_app_model_gives_a_program_it_is_given_here(string name)
    {
        var overlay = new KubernetesOverlay(name);

        foreach (var (program, container) in Programs(overlay))
            Assert.Empty(program.VariablesOfTheAppModel.Except(overlay.EnvironmentOf(container).Keys));
        Assert.Contains("Chat__Instance", DeployedProgram.Chat.VariablesOfTheAppModel);
    }

    [Theory, MemberData(nameof(Overlays))]
    public void Probes_ask_endpoints_that_exist_by_a_host_that_is_answered(string name)
    {
        var overlay = new KubernetesOverlay(name);
        using var app = WithDefaultEndpoints();
        var endpoints = ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Select(endpoint => endpoint.RoutePattern.RawText).ToList();

        foreach (var (_, container) in Programs(overlay))
        {
            V1Probe[] probes = [container.StartupProbe, container.ReadinessProbe, container.LivenessProbe];
            Assert.All(probes, probe => Assert.Contains(probe.HttpGet.Path, endpoints));
            Assert.All(probes, probe => Assert.Equal("http", probe.HttpGet.Port.Value));
            Assert.Equal(["/alive", "/health", "/alive"], probes.Select(probe => probe.HttpGet.Path));

            var allowed = overlay.EnvironmentOf(container)["AllowedHosts"].Split(';');
            Assert.All(probes, probe => Assert.True(allowed.Intersect(["*", probe.HttpGet.HttpHeaders.Single(header => header.Name == "Host").Value]).Any()));
        }
    }

    [Theory, MemberData(nameof(Overlays))]
    public void No_container_may_do_more_than_it_must(string name)
    {
        foreach (var (workload, pod) in new KubernetesOverlay(name).Pods)
        {
            Assert.True(pod.Spec.SecurityContext is { RunAsNonRoot: true, RunAsUser: > 0, SeccompProfile.Type: "RuntimeDefault" }, $"{workload} is not confined.");
            Assert.False(pod.Spec.AutomountServiceAccountToken, $"{workload} could talk to the API server.");
            foreach (var container in pod.Spec.Containers)
            {
                Assert.True(container.SecurityContext is { AllowPrivilegeEscalation: false, ReadOnlyRootFilesystem: true, Capabilities.Drop: ["ALL"] }, $"{container.Name} is not confined.");
                Assert.True(container.Resources.Requests.ContainsKey("cpu") && container.Resources.Requests.ContainsKey("memory") && container.Resources.Limits.ContainsKey("memory"), $"{container.Name} has no bounds.");
            }
        }

        Assert.All(Programs(new KubernetesOverlay(name)), program => Assert.Equal(
            DeployedProgram.User, new KubernetesOverlay(name).Pods[program.Container.Name].Spec.SecurityContext.RunAsUser?.ToString(CultureInfo.InvariantCulture)));
    }

    [Theory, MemberData(nameof(Overlays))]
    public void Services_and_policies_lead_to_ports_that_are_there(string name)
    {
        var overlay = new KubernetesOverlay(name);

        foreach (var service in overlay.Objects.OfType<V1Service>())
        {
            var pods = overlay.Pods.Values.Where(pod => Selects(service.Spec.Selector, pod)).ToList();
            Assert.NotEmpty(pods);
            Assert.All(pods, pod => Assert.Subset(PortsOf(pod), service.Spec.Ports.Select(port => port.TargetPort.Value).ToHashSet()));
        }

        foreach (var policy in overlay.Objects.OfType<V1NetworkPolicy>().Where(policy => policy.Metadata.Name is not "dns"))
        {
            var own = overlay.Pods.Values.Where(pod => Selects(policy.Spec.PodSelector, pod)).ToList();
            Assert.NotEmpty(own);
            foreach (var rule in policy.Spec.Ingress ?? [])
                Assert.All(own, pod => Assert.Subset(PortsOf(pod), rule.Ports.Select(port => port.Port.Value).ToHashSet()));
            foreach (var rule in policy.Spec.Egress ?? [])
            {
                var others = overlay.Pods.Values.Where(pod => rule.To.Any(peer => Selects(peer.PodSelector, pod))).ToList();
                Assert.NotEmpty(others);
                Assert.All(others, pod => Assert.Subset(PortsOf(pod), rule.Ports.Select(port => port.Port.Value).ToHashSet()));
            }
        }
    }

    [Theory, MemberData(nameof(Overlays))]
    public void Who_may_talk_to_whom_is_told_at_both_ends_and_all_else_is_denied(string name)
    {
        var overlay = new KubernetesOverlay(name);

        Assert.True(overlay.Find<V1NetworkPolicy>("default-deny").Spec is { PodSelector: { MatchLabels: null, MatchExpressions: null }, PolicyTypes: ["Ingress", "Egress"] });
        Assert.True(MayTalk(overlay, "gateway", "chat"));
        Assert.True(MayTalk(overlay, "chat", "redis"));
        Assert.True(MayTalk(overlay, "chat", "otel-collector"));
        Assert.True(MayTalk(overlay, "gateway", "otel-collector"));
        Assert.False(MayTalk(overlay, "gateway", "redis"));
        Assert.False(MayTalk(overlay, "otel-collector", "redis"));
        Assert.False(MayTalk(overlay, "redis", "chat"));
    }

    [Theory, MemberData(nameof(Overlays))]
    public void A_chat_server_has_drained_before_it_is_killed(string name)
    {
        var overlay = new KubernetesOverlay(name);
        var chat = overlay.Find<V1StatefulSet>("chat").Spec.Template.Spec;
        var drain = double.Parse(overlay.EnvironmentOf(chat.Containers.Single())["Chat__Drain__Seconds"], CultureInfo.InvariantCulture);

        Assert.InRange(drain + 5 + (chat.Containers.Single().Lifecycle?.PreStop?.Sleep?.Seconds ?? 0), 0, chat.TerminationGracePeriodSeconds!.Value - 5);
    }

    [Theory, MemberData(nameof(Overlays))]
    public void The_gateway_looks_for_the_instances_where_they_are(string name)
    {
        var overlay = new KubernetesOverlay(name);
        var chats = overlay.Find<V1StatefulSet>("chat");
        var service = overlay.Find<V1Service>(chats.Spec.ServiceName);
        var settings = overlay.SettingsOf("gateway-settings");

        Assert.Equal("None", service.Spec.ClusterIP);
        Assert.True(service.Spec.PublishNotReadyAddresses, "With Redis lost all instances are unready, and clients are to be told so.");
        Assert.Equal(nameof(DiscoverySource.DnsSrv), settings["Gateway__Discovery__Source"]);
        Assert.Equal(
            $"_{service.Spec.Ports.Single().Name}._tcp.{service.Metadata.Name}.{overlay.Root.Namespace}.svc.cluster.local", settings["Gateway__Discovery__Name"]);
        Assert.Equal("metadata.name", chats.Spec.Template.Spec.Containers.Single().Env.Single(variable => variable.Name == "Chat__Instance").ValueFrom.FieldRef.FieldPath);
    }

    [Theory, MemberData(nameof(Overlays))]
    public void Secrets_maps_accounts_and_disruption_budgets_are_of_something_that_is_there(string name)
    {
        var overlay = new KubernetesOverlay(name);

        foreach (var pod in overlay.Pods.Values)
        {
            Assert.All(
                pod.Spec.Containers.SelectMany(container => container.Env ?? []).Select(variable => variable.ValueFrom?.SecretKeyRef).OfType<V1SecretKeySelector>(),
                reference => Assert.Contains(reference.Key, overlay.SecretKeys(reference.Name)));
            Assert.All(
                pod.Spec.Containers.SelectMany(container => container.EnvFrom ?? []).Select(source => source.ConfigMapRef.Name)
                    .Concat((pod.Spec.Volumes ?? []).Select(volume => volume.ConfigMap?.Name).OfType<string>()),
                map => Assert.Contains(map, overlay.MapNames));
            if (pod.Spec.ServiceAccountName is { } account)
                Assert.Equal(account, overlay.Find<V1ServiceAccount>(account).Metadata.Name);
        }

        foreach (var budget in overlay.Objects.OfType<V1PodDisruptionBudget>())
            Assert.Contains(overlay.Pods.Values, pod => Selects(budget.Spec.Selector, pod));
        Assert.Superset(new HashSet<string> { "chat", "gateway" }, overlay.Objects.OfType<V1PodDisruptionBudget>().Select(budget => budget.Metadata.Name).ToHashSet());
    }

    [Fact]
    public void Instances_are_added_by_a_metric_that_they_emit()
    {
        var overlay = new KubernetesOverlay("cluster");
        var autoscaler = overlay.Find<V2HorizontalPodAutoscaler>("chat");
        var connections = PrometheusNames.Of(TelemetryNames.Connections, "{connection}", isCounter: false);

        Assert.Equal(connections, autoscaler.Spec.Metrics.Single(metric => metric.Type == "Pods").Pods.Metric.Name);
        Assert.Contains($"as: {connections}\n", File.ReadAllText(Path.Combine(KubernetesOverlay.Folder, "autoscaling", "prometheus-adapter-values.yaml")), StringComparison.Ordinal);
        foreach (var scaled in overlay.Objects.OfType<V2HorizontalPodAutoscaler>().Select(autoscaled => autoscaled.Spec.ScaleTargetRef))
        {
            Assert.Contains(overlay.Objects, thing => (thing.ApiVersion, thing.Kind, thing.Metadata.Name) == (scaled.ApiVersion, scaled.Kind, scaled.Name));
            Assert.Contains(overlay.Root.Patches, patch => (patch.Target.Kind, patch.Target.Name) == (scaled.Kind, scaled.Name) && patch.Patch.Contains("/spec/replicas", StringComparison.Ordinal));
        }
    }

    private static IEnumerable<(DeployedProgram Program, V1Container Container)> Programs(KubernetesOverlay overlay) =>
    [
        (DeployedProgram.Chat, overlay.Find<V1StatefulSet>("chat").Spec.Template.Spec.Containers.Single()),
        (DeployedProgram.Gateway, overlay.Find<V1Deployment>("gateway").Spec.Template.Spec.Containers.Single()),
    ];

    private static WebApplication WithDefaultEndpoints()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddHealthChecks();
        var app = builder.Build();
        app.MapDefaultEndpoints();
        return app;
    }

    private static HashSet<string> PortsOf(V1PodTemplateSpec pod) => [.. pod.Spec.Containers.SelectMany(container => container.Ports ?? []).Select(port => port.Name)];

    private static bool MayTalk(KubernetesOverlay overlay, string from, string to)
    {
        var policies = overlay.Objects.OfType<V1NetworkPolicy>().ToList();
        var (sender, receiver) = (overlay.Pods[from], overlay.Pods[to]);
        var isSent = policies.Where(policy => Selects(policy.Spec.PodSelector, sender)).SelectMany(policy => policy.Spec.Egress ?? [])
            .Any(rule => rule.To.Any(peer => peer.NamespaceSelector is null && Selects(peer.PodSelector, receiver)));
        var isTaken = policies.Where(policy => Selects(policy.Spec.PodSelector, receiver)).SelectMany(policy => policy.Spec.Ingress ?? [])
            .Any(rule => (rule.FromProperty ?? []).Any(peer => Selects(peer.PodSelector, sender)));
        return isSent && isTaken;
    }

    private static bool Selects(V1LabelSelector selector, V1PodTemplateSpec pod) =>
        Selects(selector.MatchLabels, pod)
        && (selector.MatchExpressions ?? []).All(expression => expression.OperatorProperty == "In" && pod.Metadata.Labels.TryGetValue(expression.Key, out var label) && expression.Values.Contains(label));

    private static bool Selects(IDictionary<string, string>? labels, V1PodTemplateSpec pod) =>
        (labels ?? new Dictionary<string, string>()).All(label => pod.Metadata.Labels.TryGetValue(label.Key, out var value) && value == label.Value);
}
