namespace LocalAspire.Dashboard.Otlp;

/// <summary>Takes in the requests of one signal, by whichever way they came.</summary>
internal interface IOtlpIngest<in TRequest, out TResponse>
{
    /// <summary>Stores what can be stored. The answer tells how much was refused, and why.</summary>
    TResponse Take(TRequest request);
}
