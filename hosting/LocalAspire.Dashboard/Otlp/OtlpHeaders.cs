namespace LocalAspire.Dashboard.Otlp;

/// <summary>Names on the wire.</summary>
internal static class OtlpHeaders
{
    public const string ApiKey = "x-otlp-api-key";
    public const string ProtobufContentType = "application/x-protobuf";
}
