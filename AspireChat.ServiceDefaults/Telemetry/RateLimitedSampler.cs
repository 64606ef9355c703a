using OpenTelemetry.Trace;

namespace Microsoft.Extensions.Hosting;

/// <summary>Keeps as many new traces as are allowed.</summary>
internal sealed class RateLimitedSampler(TraceAllowance allowance) : Sampler
{
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        new(allowance.TryTake() ? SamplingDecision.RecordAndSample : SamplingDecision.Drop);
}
