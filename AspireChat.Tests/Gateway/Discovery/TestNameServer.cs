using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AspireChat.Tests.Gateway.Discovery;

/// <summary>A name server over UDP on a port of its own, which knows A, AAAA and SRV records, and can fall silent.</summary>
internal sealed class TestNameServer : IAsyncDisposable
{
    private const ushort TypeA = 1;
    private const ushort TypeAaaa = 28;
    private const ushort TypeSrv = 33;

    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly ConcurrentDictionary<string, IReadOnlyList<IPAddress>> _hosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, IReadOnlyList<(string Host, int Port)>> _services = new(StringComparer.OrdinalIgnoreCase);
    private readonly Task _serving;
    private int _questions;

    public TestNameServer() => _serving = ServeAsync();

    public string Address => _socket.Client.LocalEndPoint!.ToString()!;

    /// <summary>How many questions have come.</summary>
    public int Questions => Volatile.Read(ref _questions);

    /// <summary>Seconds that every answer stays true.</summary>
    public int Ttl { get; set; }

    /// <summary>As one that is down.</summary>
    public bool Silent { get; set; }

    /// <summary>As one that has trouble of its own: it answers SERVFAIL.</summary>
    public bool Failing { get; set; }

    /// <summary>Whether the answer to a question for a service has the addresses of its hosts with it.</summary>
    public bool SendsAddressesAlong { get; set; } = true;

    public void Host(string name, params string[] addresses) => _hosts[name] = [.. addresses.Select(IPAddress.Parse)];

    public void Service(string name, params (string Host, int Port)[] targets) => _services[name] = targets;

    public void Forget(string name)
    {
        _hosts.TryRemove(name, out _);
        _services.TryRemove(name, out _);
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await _serving;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var question = await _socket.ReceiveAsync();
                Interlocked.Increment(ref _questions);
                if (!Silent)
                    await _socket.SendAsync(Answer(question.Buffer), question.RemoteEndPoint);
            }
        }
        catch (Exception exception) when (exception is ObjectDisposedException or SocketException)
        {
            // The end of the test.
        }
    }

    private byte[] Answer(byte[] question)
    {
        var (name, end) = ReadName(question, 12);
        var type = BinaryPrimitives.ReadUInt16BigEndian(question.AsSpan(end));
        var services = _services.GetValueOrDefault(name, []);
        List<byte[]> answers = type switch
        {
            TypeSrv => [.. services.Select(target => Record(name, TypeSrv, [0, 0, 0, 0, .. Number(target.Port), .. Name(target.Host)]))],
            _ => [.. Addresses(name, type)],
        };
        List<byte[]> along = type == TypeSrv && SendsAddressesAlong
            ? [.. services.Select(target => target.Host).Distinct().SelectMany(host => Addresses(host, TypeA))]
            : [];

        var code = Failing ? 2 : _hosts.ContainsKey(name) || _services.ContainsKey(name) ? 0 : 3;
        if (Failing)
            (answers, along) = ([], []);
        return
        [
            .. question[..2], 0x81, (byte)(0x80 | code),
            .. Number(1), .. Number(answers.Count), .. Number(0), .. Number(along.Count),
            .. question[12..(end + 4)],
            .. answers.SelectMany(record => record),
            .. along.SelectMany(record => record),
        ];
    }

    private IEnumerable<byte[]> Addresses(string host, ushort type) => _hosts.GetValueOrDefault(host, [])
        .Where(address => type == (address.AddressFamily == AddressFamily.InterNetworkV6 ? TypeAaaa : TypeA))
        .Select(address => Record(host, type, address.GetAddressBytes()));

    private byte[] Record(string name, ushort type, byte[] data) =>
        [.. Name(name), .. Number(type), .. Number(1), .. Number(0), .. Number(Ttl), .. Number(data.Length), .. data];

    private static byte[] Number(int value) => [(byte)(value >> 8), (byte)value];

    private static byte[] Name(string name) =>
        [.. name.Split('.').SelectMany(label => (byte[])[(byte)label.Length, .. Encoding.ASCII.GetBytes(label)]), 0];

    private static (string Name, int End) ReadName(byte[] packet, int at)
    {
        var labels = new List<string>();
        while (packet[at] is > 0 and var length)
        {
            labels.Add(Encoding.ASCII.GetString(packet, at + 1, length));
            at += length + 1;
        }

        return (string.Join('.', labels), at + 1);
    }
}
