using Google.Protobuf;
using LocalAspire.Dashboard.Otlp;

namespace AspireChat.Tests.Fuzzing.Targets;

/// <summary>Requests of one signal to the dashboard's receiver: what is a message is taken in or refused by part, and what was taken in can be shown.</summary>
internal sealed class OtlpTarget<TRequest, TResponse>(
    string signal, IOtlpIngest<TRequest, TResponse> ingest, IEnumerable<TRequest> seeds, Func<Random, TRequest> generate, Action review) : FuzzTarget
    where TRequest : IMessage<TRequest>, new()
    where TResponse : IMessage<TResponse>
{
    private readonly MessageParser<TRequest> _parser = new(static () => new TRequest());

    public override string Name => $"otlp-{signal}";

    public override IEnumerable<byte[]> Seeds => seeds.Select(seed => seed.ToByteArray());

    /// <summary>A value of two bytes becomes an object of the message, an entry of the store and its place in both.</summary>
    public override (long Fixed, int PerByte) Allocation => (1024 * 1024, 128);

    public override byte[] Generate(Random random) => generate(random).ToByteArray();

    public override string Check(byte[] input)
    {
        TRequest request;
        try
        {
            request = _parser.ParseFrom(input);
        }
        catch (InvalidProtocolBufferException)
        {
            return "no message";
        }

        return $"refused by part: {ingest.Take(request).CalculateSize() > 0}, {request.CalculateSize().ToString("x", System.Globalization.CultureInfo.InvariantCulture).Length}";
    }

    public override void Review() => review();
}
