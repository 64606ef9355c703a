namespace LocalAspire.Dashboard.Server;

/// <summary>On each connection: the port it came in by.</summary>
internal sealed record ListenerFeature(Listener Listener);
