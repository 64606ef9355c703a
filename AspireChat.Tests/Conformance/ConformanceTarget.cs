using AspireChat.Tests.ChatServers;

namespace AspireChat.Tests.Conformance;

/// <summary>A server that all cases of one class are tried on: what one leaves behind must not trouble the next.</summary>
public abstract class ConformanceTarget : IAsyncLifetime
{
    public abstract Uri Address { get; }

    public abstract ValueTask InitializeAsync();

    public abstract ValueTask DisposeAsync();

    private protected static Task<TestChatServer> StartServerAsync(string transport) => TestChatServer.StartAsync(settings:
        [("Chat:Transport", transport), ("Chat:Limits:SendsPerSecond", "0"), ("Chat:Limits:ConnectionsPerAddress", "0")]);
}
