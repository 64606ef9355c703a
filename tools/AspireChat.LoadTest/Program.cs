using System.CommandLine;
using AspireChat.LoadTest.Auditing.Commands;

var root = new RootCommand("Puts load on AspireChat, breaks it, and checks what it promises.")
{
    AuditCommand.Create(),
    CheckCommand.Create(),
};

return await root.Parse(args).InvokeAsync();
