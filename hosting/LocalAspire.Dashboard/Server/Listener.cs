namespace LocalAspire.Dashboard.Server;

/// <summary>The ports that the dashboard listens on. Each serves its own endpoints and no others.</summary>
internal enum Listener
{
    /// <summary>Pages, JSON API and health.</summary>
    Frontend,

    /// <summary>OTLP over gRPC, which without TLS needs a port that speaks HTTP/2 alone.</summary>
    OtlpGrpc,

    /// <summary>OTLP over HTTP.</summary>
    OtlpHttp,
}
