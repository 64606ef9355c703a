using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using AspireChat.LoadTest.Processes;

namespace AspireChat.LoadTest.Faults.Deployments;

/// <summary>
/// The network between the instances and Redis: passes bytes on, until it is told not to. It knows whose a connection is by the name that each gives
/// itself at its start.
/// </summary>
internal sealed class RedisLink : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly ConcurrentDictionary<Passage, Task> _passages = new();
    private readonly Task _accepting;
    private volatile string? _partitioned;
    private volatile int _target;

    private RedisLink(int target, TcpListener listener)
    {
        _target = target;
        _listener = listener;
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    public static RedisLink Start(int target)
    {
        var listener = new TcpListener(IPAddress.Loopback, FreePort.Take());
        listener.Start();
        return new RedisLink(target, listener);
    }

    /// <param name="target">Where Redis is.</param>
    /// <param name="listener">Where it is to be found instead; it listens already.</param>
    public static RedisLink Start(int target, TcpListener listener) => new(target, listener);

    /// <summary>
    /// From now on nothing passes between an instance and Redis, and nobody is told: connections stay open, and new ones are taken, and nothing comes of
    /// them.
    /// </summary>
    public void Partition(string instance) => _partitioned = instance;

    /// <summary>Everything passes again, to this server. Connections through which something was lost are broken, as are those to another server.</summary>
    public void Heal(int target)
    {
        _partitioned = null;
        var moved = _target != target;
        _target = target;
        foreach (var passage in _passages.Keys.Where(passage => moved || passage.HasLost))
            passage.Break();
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
        foreach (var passage in _passages.Keys)
            passage.Break();
        await Task.WhenAll(_passages.Values);
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptSocketAsync();
            }
            catch (Exception exception) when (exception is SocketException or InvalidOperationException)
            {
                // It was stopped, just now or before this.
                return;
            }

            var passage = new Passage(this, client);
            _passages[passage] = passage.RunAsync(_target).ContinueWith(_ => _passages.TryRemove(passage, out var _), TaskScheduler.Default);
            if (passage.IsOver)
                _passages.TryRemove(passage, out _);
        }
    }

    /// <summary>One connection of an instance.</summary>
    private sealed class Passage(RedisLink link, Socket client) : IDisposable
    {
        private readonly Socket _server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        private readonly StringBuilder _start = new();
        private volatile string? _name;

        public bool HasLost { get; private set; }

        public bool IsOver { get; private set; }

        public async Task RunAsync(int target)
        {
            try
            {
                client.NoDelay = true;
                await _server.ConnectAsync(IPAddress.Loopback, target);
                await Task.WhenAny(PassAsync(client, _server, fromClient: true), PassAsync(_server, client, fromClient: false));
            }
            catch (SocketException)
            {
                // The server is away, which the client sees by the end of its connection.
            }
            finally
            {
                IsOver = true;
                Break();
            }
        }

        public void Break()
        {
            client.Close(0);
            _server.Close(0);
        }

        public void Dispose() => Break();

        private async Task PassAsync(Socket from, Socket to, bool fromClient)
        {
            var buffer = new byte[64 * 1024];
            try
            {
                while (await from.ReceiveAsync(buffer) is var count and > 0)
                {
                    if (fromClient)
                        LookForName(buffer.AsSpan(0, count));

                    if (_name is { } name && name == link._partitioned)
                        HasLost = true;
                    else
                        await SendAsync(to, buffer.AsMemory(0, count));
                }
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
            }
        }

        private static async Task SendAsync(Socket to, ReadOnlyMemory<byte> bytes)
        {
            while (!bytes.IsEmpty)
                bytes = bytes[await to.SendAsync(bytes)..];
        }

        /// <summary>Connections call themselves <c>chat-2.5f3a09bc.subscriber</c>.</summary>
        private void LookForName(ReadOnlySpan<byte> bytes)
        {
            if (_name is not null || _start.Length > 4096)
                return;

            _start.Append(Encoding.ASCII.GetString(bytes));
            var start = _start.ToString();
            if (start.IndexOf("chat-", StringComparison.Ordinal) is var at and >= 0 && start.IndexOf('.', at) is var end and > 0)
                _name = start[at..end];
        }
    }
}
