using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using LocalAspire.Protos.ResourceService.V1;

namespace AspireChat.Tests.Fuzzing.Targets;

/// <summary>Commands to the host's resource service, as bytes on the wire: what is a message is answered or refused with a reason, and never is it the host's failure.</summary>
internal sealed class ResourceServiceTarget(GrpcChannel channel, Metadata headers) : FuzzTarget
{
    private static readonly Marshaller<byte[]> Raw = new(bytes => bytes, bytes => bytes);

    private readonly Method<byte[], byte[]> _method = new(
        MethodType.Unary, DashboardService.Descriptor.FullName, nameof(DashboardService.DashboardServiceClient.ExecuteResourceCommand), Raw, Raw);

    public override string Name => "resource-service";

    public override IEnumerable<byte[]> Seeds => new ResourceCommandRequest[]
    {
        new() { ResourceName = "greeting", CommandName = "wave" }, new() { ResourceName = "nobody", CommandName = "wave" }, new() { CommandName = "" }, new() { ResourceName = "greeting", CommandName = "nothing" },
    }.Select(request => request.ToByteArray());

    /// <summary>It goes over a socket.</summary>
    public override (long Fixed, int PerByte) Allocation => (1024 * 1024, 64);

    public override byte[] Generate(Random random) => new ResourceCommandRequest
    {
        ResourceName = random.Next(3) switch { 0 => "greeting", 1 => new string('x', random.Next(50_000)), _ => "../\0\u202e" },
        CommandName = random.Next(3) switch { 0 => "wave", 1 => "{0}{1}%s", _ => new string('\u00e9', random.Next(3000)) },
    }.ToByteArray();

    public override string Check(byte[] input)
    {
        try
        {
            var answer = channel.CreateCallInvoker().BlockingUnaryCall(_method, null, new CallOptions(headers, cancellationToken: TestContext.Current.CancellationToken), input);
            return ResourceCommandResponse.Parser.ParseFrom(answer).Kind.ToString();
        }
        catch (RpcException exception) when (!IsMessage(input))
        {
            return $"no message: {exception.StatusCode}";
        }
    }

    private static bool IsMessage(byte[] input)
    {
        try
        {
            _ = ResourceCommandRequest.Parser.ParseFrom(input);
            return true;
        }
        catch (InvalidProtocolBufferException)
        {
            return false;
        }
    }
}
