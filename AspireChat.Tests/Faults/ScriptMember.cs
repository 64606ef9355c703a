using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using AspireChat.Tests.Browser;

namespace AspireChat.Tests.Faults;

/// <summary>The chat page's own client module, at work in Node: joins a room, tells each message that it shows, and sends.</summary>
internal sealed class ScriptMember : IAsyncDisposable
{
    private static readonly string Script = SolutionDirectory.Combine("AspireChat.Tests", "Faults", "member.mjs");

    private readonly Process _node;
    private readonly ConcurrentQueue<string> _texts = new();
    private readonly Task _reading;
    private volatile string? _instance;
    private int _welcomes;

    private ScriptMember(Process node)
    {
        _node = node;
        _reading = ReadAsync();
    }

    /// <summary>The messages, as the page would show them.</summary>
    public string[] Texts => [.. _texts];

    /// <summary>How many connections it has had.</summary>
    public int Welcomes => _welcomes;

    /// <summary>It has joined when this returns.</summary>
    public static async Task<ScriptMember> StartAsync(Uri address, string room, string name)
    {
        var node = Process.Start(new ProcessStartInfo(ScriptTests.Node, [Script, address.AbsoluteUri, room, name])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        }) ?? throw new InvalidOperationException("Node could not be started.");
        var member = new ScriptMember(node);
        await member.InstanceAsync();
        return member;
    }

    public async Task<string> InstanceAsync()
    {
        await Eventually.Is("the page's client has joined", () => _instance is not null, within: TimeSpan.FromSeconds(60));
        return _instance!;
    }

    /// <summary>Lets it send so many messages, each as soon as the one before is acknowledged.</summary>
    public Task SendAsync(int count) => _node.StandardInput.WriteLineAsync($"{count}");

    public async ValueTask DisposeAsync()
    {
        _node.StandardInput.Close();
        await _node.WaitForExitAsync();
        await _reading;
        _node.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _node.StandardOutput.ReadLineAsync() is { } line)
        {
            using var told = JsonDocument.Parse(line);
            if (told.RootElement.TryGetProperty("text", out var text))
                _texts.Enqueue(text.GetString()!);
            if (told.RootElement.TryGetProperty("instance", out var instance))
            {
                Interlocked.Increment(ref _welcomes);
                _instance = instance.GetString();
            }
        }
    }
}
