namespace AspireChat.ChatServer.Connections;

/// <summary>The stream of an upgraded request: works wherever ASP.NET Core does, with TLS, HTTP/2, and middleware before it.</summary>
internal sealed class UpgradedTransport(HttpContext context, Stream stream) : FrameTransport
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer)
    {
        try
        {
            return await stream.ReadAsync(buffer);
        }
        catch (OperationCanceledException exception)
        {
            throw new IOException("The connection was aborted.", exception);
        }
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> bytes) => stream.WriteAsync(bytes);

    public override void Abort() => context.Abort();
}
