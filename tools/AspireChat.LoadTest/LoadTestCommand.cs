using System.CommandLine;
using AspireChat.LoadTest.Auditing.Commands;
using AspireChat.LoadTest.Faults.Commands;
using AspireChat.LoadTest.Hosts;
using AspireChat.LoadTest.Load.Commands;

namespace AspireChat.LoadTest;

/// <summary>The tool's command line.</summary>
internal static class LoadTestCommand
{
    /// <summary>How long a command may take to come to its end after Ctrl+C: a verdict waits for what is still on its way.</summary>
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(30);

    public static RootCommand Create() => new("Puts load on AspireChat, breaks it, and checks what it promises.")
    {
        LoadCommands.FanOut(),
        LoadCommands.Rooms(),
        LoadCommands.Idle(),
        LoadCommands.Storm(),
        AuditCommand.Create(),
        CheckCommand.Create(),
        FaultsCommand.Create(),
        HostsCommand.Create(),
    };

    public static Task<int> RunAsync(string[] args) =>
        Create().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = EndTimeout });
}
