namespace LocalAspire.Dashboard.Otlp;

/// <summary>A request holds more, packed or unpacked, than one may.</summary>
internal sealed class OtlpBodyTooLargeException : Exception;
