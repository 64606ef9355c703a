using AspireChat.Tests.Browser;

namespace AspireChat.Tests.Lab;

public sealed class LabModuleTests
{
    private static readonly string Folder = SolutionDirectory.Combine("AspireChat.Tests", "Lab", "page");

    public static TheoryData<string> Files => ScriptTests.In(Folder);

    [Theory]
    [MemberData(nameof(Files))]
    public Task The_lab_counts_and_shows_what_its_own_tests_say(string file) => ScriptTests.RunAsync(Folder, file);
}
