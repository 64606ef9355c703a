using System.Diagnostics;
using System.Security.Claims;
using System.Text;
using AspireChat.ChatServer;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AspireChat.Tests.Load;

/// <summary>A chat server as it is deployed, a process of its own, alone and with authentication: for tests that only look at it from outside.</summary>
public sealed class ChatServerProcess : IAsyncDisposable
{
    public const string ApiKey = "the API key of the tests of load";
    private const string SigningKey = "a signing key for the tests, not for anything else";

    private readonly Lazy<Task<Process>> _process;
    private readonly int _port = FreePort.Take();

    public ChatServerProcess() => _process = new(StartAsync);

    /// <summary>Its address, once it answers.</summary>
    public async Task<string> AddressAsync()
    {
        await _process.Value;
        return $"http://127.0.0.1:{_port}";
    }

    public static string TokenOf(string name) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Audience = "aspirechat",
        Issuer = "tests",
        Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(10),
        Subject = new ClaimsIdentity([new Claim("name", name)]),
        SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(SigningKey)), SecurityAlgorithms.HmacSha256),
    });

    public async ValueTask DisposeAsync()
    {
        if (!_process.IsValueCreated)
            return;

        using var process = await _process.Value;
        process.Kill();
        await process.WaitForExitAsync();
    }

    private async Task<Process> StartAsync()
    {
        var program = typeof(ChatOptions).Assembly.Location;
        var start = new ProcessStartInfo("dotnet", [program])
        {
            Environment =
            {
                ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{_port}",
                ["ASPNETCORE_CONTENTROOT"] = Path.GetDirectoryName(program),
                ["Chat__Instance"] = "chat-1",
                ["Chat__ApiKey"] = ApiKey,
                ["Chat__Auth__SigningKey"] = SigningKey,
                ["Chat__Auth__Audience"] = "aspirechat",
                ["Chat__Auth__Issuer"] = "tests",
                ["Chat__Limits__ConnectionsPerAddress"] = "0",
            },
        };
        var process = Process.Start(start)!;
        using var http = new HttpClient();
        await Eventually.Is("the chat server answers", async () =>
        {
            try
            {
                return (await http.GetAsync($"http://127.0.0.1:{_port}/health", TestContext.Current.CancellationToken)).IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }, TimeSpan.FromMinutes(2));
        return process;
    }
}
