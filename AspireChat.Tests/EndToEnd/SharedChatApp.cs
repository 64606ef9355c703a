using AspireChat.Tests.EndToEnd;

[assembly: AssemblyFixture(typeof(SharedChatApp))]

namespace AspireChat.Tests.EndToEnd;

/// <summary>
/// One app for all tests that do not break it: each uses rooms of its own. It is started by the first test that asks for
/// it. A test that switches the mode, kills, or touches Redis starts an app of its own, with <see cref="ChatApp.StartAsync(string[])"/>.
/// </summary>
public sealed class SharedChatApp : IAsyncDisposable
{
    private readonly Lazy<Task<ChatApp>> _app = new(() => ChatApp.StartAsync());

    internal Task<ChatApp> GetAsync() => _app.Value;

    public async ValueTask DisposeAsync()
    {
        if (_app.IsValueCreated)
            await (await _app.Value).DisposeAsync();
    }
}
