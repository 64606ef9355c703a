using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;

namespace AspireChat.LoadTest.Load.Clients;

/// <summary>Opens connections, spread over the targets in turn.</summary>
internal sealed class Dialer : IDisposable
{
    private const string SubProtocol = "aspirechat.v1";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly IReadOnlyList<Target> _targets;
    private readonly Credentials _credentials;
    private readonly ServerTrust _trust;
    private readonly Dictionary<Target, Task<IPAddress[]>> _addresses;

    public Dialer(IReadOnlyList<Target> targets, Credentials credentials)
    {
        (_targets, _credentials, _trust) = (targets, credentials, new ServerTrust(credentials));
        _addresses = targets.Distinct().ToDictionary(target => target, target => Dns.GetHostAddressesAsync(target.Socket.IdnHost));
        Http = new HttpClient(new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, errors) => _trust.Accepts(certificate, errors) } })
        {
            Timeout = Timeout,
        };
    }

    /// <summary>The sub-protocol to offer; null for none.</summary>
    public string? Protocol { get; init; } = SubProtocol;

    /// <summary>For requests to the targets, under the same trust.</summary>
    public HttpClient Http { get; }

    public Target TargetOf(int number) => _targets[number % _targets.Count];

    /// <param name="number">Whose connection it is; picks the target.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="UpgradeRefusedException">The server answered, and did not upgrade.</exception>
    /// <exception cref="IOException">There was no server, or it broke off.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing else.</exception>
    public async Task<WireConnection> OpenAsync(int number, CancellationToken cancellationToken)
    {
        var target = TargetOf(number);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Timeout);
        try
        {
            return await OpenAsync(target, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"'{target}' did not answer within {Timeout.TotalSeconds:0} s.");
        }
        catch (SocketException e)
        {
            throw new IOException($"'{target}' could not be reached: {e.Message}. {RemedyFor(e.SocketErrorCode)}".TrimEnd(), e);
        }
        catch (AuthenticationException e)
        {
            throw new IOException($"The certificate of '{target}' is not trusted: {e.Message} Give its authority with --ca, or take any certificate with --insecure.", e);
        }
        catch (HttpRequestException e)
        {
            throw new IOException($"No ticket was to be had from '{target.Http("/api/tickets")}': {e.Message}", e);
        }
    }

    public void Dispose() => Http.Dispose();

    private async Task<WireConnection> OpenAsync(Target target, CancellationToken cancellationToken)
    {
        var (token, protocols) = (_credentials.Token, Protocol);
        if (token is not null && _credentials.UseTickets)
            (token, protocols) = (null, $"{Protocol}, ticket.{await FetchTicketAsync(target, cancellationToken)}");

        var stream = await ConnectAsync(target, cancellationToken);
        try
        {
            var handshake = new Handshake();
            await stream.WriteAsync(handshake.Request(target.Socket, protocols, token), cancellationToken);
            return new WireConnection(stream, await handshake.ReadAnswerAsync(stream, cancellationToken));
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    private async Task<Stream> ConnectAsync(Target target, CancellationToken cancellationToken)
    {
        var addresses = await _addresses[target].WaitAsync(cancellationToken);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Stream? stream = null;
        try
        {
            await socket.ConnectAsync(addresses, target.Socket.Port, cancellationToken);
            stream = new NetworkStream(socket, ownsSocket: true);
            if (!target.IsSecure)
                return stream;

            var secure = new SslStream(stream, leaveInnerStreamOpen: false, (_, certificate, _, errors) => _trust.Accepts(certificate, errors));
            stream = secure;
            await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = target.Socket.IdnHost }, cancellationToken);
            return secure;
        }
        catch
        {
            socket.Dispose();
            if (stream is not null)
                await stream.DisposeAsync();

            throw;
        }
    }

    private async Task<string> FetchTicketAsync(Target target, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, target.Http("/api/tickets"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _credentials.Token);
        using var response = await Http.SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw new UpgradeRefusedException($"HTTP/1.1 {(int)response.StatusCode} for a ticket");

        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return answer.GetProperty("ticket").GetString() ?? throw new IOException("The answer to a request for a ticket has none.");
    }

    private static string RemedyFor(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => "Nothing listens there: start the app with 'dotnet run --project AspireChat.AppHost', or give another --target.",
        SocketError.TooManyOpenSockets => "This process may hold no more open files: raise the limit with 'ulimit -n 65536'.",
        SocketError.AddressNotAvailable or SocketError.AddressAlreadyInUse =>
            "This machine has no port left for one more connection to one address: give several targets, or run from several machines.",
        _ => "",
    };
}
