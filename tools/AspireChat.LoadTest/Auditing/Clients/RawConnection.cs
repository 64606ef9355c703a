using System.Buffers;
using System.Net.Sockets;
using System.Net.WebSockets;
using AspireChat.LoadTest.Processes;

namespace AspireChat.LoadTest.Auditing.Clients;

/// <summary>One WebSocket, frames as bytes.</summary>
internal sealed class RawConnection : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    // One process stands here for a crowd of machines: with thousands of attempts at once its own processor would be what they time out for.
    private static readonly SemaphoreSlim Opening = new(256);

    private readonly ClientWebSocket _socket = new();
    private readonly ArrayBufferWriter<byte> _buffer = new(16 * 1024);
    private readonly SemaphoreSlim _writing = new(1, 1);

    private readonly HttpMessageInvoker? _http;

    private RawConnection(bool narrow, TimeSpan deadAfter, Func<Socket>? newSocket)
    {
        _socket.Options.AddSubProtocol("aspirechat.v1");
        // One that is not to read must not find out by itself that it hears nothing.
        _socket.Options.KeepAliveInterval = narrow ? Timeout.InfiniteTimeSpan : deadAfter / 2;
        _socket.Options.KeepAliveTimeout = narrow ? Timeout.InfiniteTimeSpan : deadAfter;
        _http = narrow || newSocket is not null ? new HttpMessageInvoker(SocketHandler.Create(NewSocket)) : null;

        Socket NewSocket()
        {
            var socket = (newSocket ?? Place.Here.NewSocket)();
            if (narrow)
                socket.ReceiveBufferSize = 4096;

            return socket;
        }
    }

    /// <summary>The code of the server's close frame; null while there is none.</summary>
    public int? CloseCode => (int?)_socket.CloseStatus;

    /// <exception cref="WebSocketException">It did not work.</exception>
    /// <exception cref="OperationCanceledException">It took longer than 5 s from its turn on, or was cancelled.</exception>
    /// <param name="target">Where.</param>
    /// <param name="token">Bearer token; null for none.</param>
    /// <param name="narrow">Whether the network is to hold as little as it can of what is not yet read.</param>
    /// <param name="deadAfter">Without an answer to a ping for so long it is given up; it pings twice as often.</param>
    /// <param name="newSocket">Makes the TCP socket; null for an ordinary one.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public static async Task<RawConnection> OpenAsync(Uri target, string? token, bool narrow, TimeSpan deadAfter, Func<Socket>? newSocket, CancellationToken cancellationToken)
    {
        await Opening.WaitAsync(cancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(ConnectTimeout);
        var connection = new RawConnection(narrow, deadAfter, newSocket);
        try
        {
            if (token is not null)
                connection._socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");

            await connection._socket.ConnectAsync(target, connection._http, limit.Token);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
        finally
        {
            Opening.Release();
        }
    }

    /// <summary>The next frame, valid until the next call; null at the end.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync()
    {
        _buffer.ResetWrittenCount();
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveAsync(_buffer.GetMemory(4096), CancellationToken.None);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
                    return null;
                }

                _buffer.Advance(received.Count);
                if (received.EndOfMessage)
                    return _buffer.WrittenMemory;
            }
        }
        catch (Exception e) when (IsBreak(e))
        {
            return null;
        }
    }

    /// <summary>Sends a frame; on a broken connection nothing happens, since the receiver finds the end.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> frame)
    {
        try
        {
            await _writing.WaitAsync();
            try
            {
                await _socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            }
            finally
            {
                _writing.Release();
            }
        }
        catch (Exception e) when (IsBreak(e))
        {
        }
    }

    /// <summary>Breaks the connection as a crash of the client would.</summary>
    public void Abort() => _socket.Abort();

    public void Dispose()
    {
        _socket.Abort();
        _socket.Dispose();
        _http?.Dispose();
        _writing.Dispose();
    }

    private static bool IsBreak(Exception e) => e is WebSocketException or ObjectDisposedException or InvalidOperationException or OperationCanceledException or IOException;
}
