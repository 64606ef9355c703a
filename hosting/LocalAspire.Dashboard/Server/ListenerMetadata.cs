namespace LocalAspire.Dashboard.Server;

/// <summary>On an endpoint: the port that serves it. Without this an endpoint belongs to the frontend.</summary>
internal sealed record ListenerMetadata(Listener Listener);
