using System.Collections.Concurrent;
using AspireChat.ChatServer.Security.Identity;
using AspireChat.Tests.ChatServers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AspireChat.Tests.Security;

/// <summary>What lets somebody in is nobody's to read, however much is logged.</summary>
public sealed class SecretsInLogsTests
{
    [Theory]
    [InlineData("kestrel")]
    [InlineData("direct")]
    public async Task No_token_ticket_or_text_is_ever_logged(string transport)
    {
        await using var server = await TestChatServer.StartAsync(settings: [("Chat:Transport", transport), ("Logging:LogLevel:Default", "Trace"), .. TestTokens.Settings]);
        var log = new ConcurrentQueue<string>();
        server.Services.GetRequiredService<ILoggerFactory>().AddProvider(new Recorder(log));
        var ticket = await server.Services.GetRequiredService<ITicketStore>().IssueAsync(new ConnectionIdentity
        {
            Name = "ann",
            ExpiresAt = TimeProvider.System.GetUtcNow().AddMinutes(5),
            Claims = new Dictionary<string, string[]> { ["rooms"] = ["tea"] },
        });
        var (good, bad) = (TestTokens.Token("bob"), TestTokens.Token("eve", key: "a signing key of somebody else who is not trusted"));

        var (first, ann) = await TestClient.TryOpenAsync(server.Address, [], $"aspirechat.v1, ticket.{ticket}");
        var (again, _) = await TestClient.TryOpenAsync(server.Address, [], $"aspirechat.v1, ticket.{ticket}");
        var (trusted, bob) = await TestClient.TryOpenAsync(server.Address, [$"Authorization: Bearer {good}"]);
        var (foreign, _) = await TestClient.TryOpenAsync(server.Address, [$"Authorization: Bearer {bad}"]);
        await ann!.NextAsync("welcome");
        await ann.JoinAsync("tea", "ann");
        await ann.SayAsync("tea", "1", "a secret between friends");
        await ann.SkipToAsync("message");
        await ann.DisposeAsync();
        await bob!.DisposeAsync();

        Assert.Equal((101, 401, 101, 401), (first.Status, again.Status, trusted.Status, foreign.Status));
        Assert.NotEmpty(log);
        foreach (var secret in (string[])[ticket, good, bad, good.Split('.')[2], bad.Split('.')[2], "secret between friends"])
        {
            Assert.DoesNotContain(log, line => line.Contains(secret, StringComparison.Ordinal));
        }
    }

    private sealed class Recorder(ConcurrentQueue<string> log) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull
        {
            log.Enqueue($"scope {state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Enqueue($"{formatter(state, exception)} {exception} {string.Join(' ', (state as IEnumerable<KeyValuePair<string, object?>>) ?? [])}");

        public void Dispose()
        {
        }
    }
}
