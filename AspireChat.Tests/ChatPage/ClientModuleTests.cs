using AspireChat.Tests.Browser;

namespace AspireChat.Tests.ChatPage;

public sealed class ClientModuleTests
{
    private static readonly string Folder = SolutionDirectory.Combine("AspireChat.Tests", "ChatPage", "client");

    public static TheoryData<string> Files => ScriptTests.In(Folder);

    [Theory]
    [MemberData(nameof(Files))]
    public Task The_client_does_what_its_own_tests_say(string file) => ScriptTests.RunAsync(Folder, file);
}
