using System.CommandLine;
using AspireChat.LoadTest.Auditing.Commands;

namespace AspireChat.LoadTest;

/// <summary>The tool's command line.</summary>
internal static class LoadTestCommand
{
    public static RootCommand Create() => new("Puts load on AspireChat, breaks it, and checks what it promises.")
    {
        AuditCommand.Create(),
        CheckCommand.Create(),
    };
}
