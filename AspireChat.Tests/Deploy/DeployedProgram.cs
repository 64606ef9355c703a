using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace AspireChat.Tests.Deploy;

/// <summary>One of our two programs as a container, and what it must be given wherever it runs: told by its project and by the app model.</summary>
internal sealed partial class DeployedProgram(string project, string resource, ProgramSettings settings)
{
    public static DeployedProgram Chat { get; } = new("AspireChat.ChatServer", "chat", ProgramSettings.Chat);

    public static DeployedProgram Gateway { get; } = new("AspireChat.Gateway", "gateway", ProgramSettings.Gateway);

    public static IEnumerable<DeployedProgram> All => [Chat, Gateway];

    public string Project => project;

    public ProgramSettings Settings => settings;

    /// <summary>What the SDK calls the image.</summary>
    public string Repository => Property(SolutionDirectory.Combine(project, $"{project}.csproj"), "ContainerRepository");

    public static string User => Property(ContainerProps, "ContainerUser");

    public static int Port => int.Parse(XDocument.Load(ContainerProps).Descendants("ContainerPort").Single().Attribute("Include")!.Value, null);

    /// <summary>What the app host gives it, but for what is of development alone: the lab, and the environment's name.</summary>
    public IEnumerable<string> VariablesOfTheAppModel =>
        from variable in Variable().Matches(BlockOfTheAppModel).Select(match => match.Groups[1].Value)
        where !variable.StartsWith("DOTNET_", StringComparison.Ordinal)
        select variable;

    private string BlockOfTheAppModel
    {
        get
        {
            var program = File.ReadAllText(SolutionDirectory.Combine("AspireChat.AppHost", "Program.cs"));
            var start = program.IndexOf($"var {resource} = builder.AddProject", StringComparison.Ordinal);
            Assert.True(start >= 0, $"The app host has no '{resource}'.");
            return program[start..program.IndexOf(';', start)];
        }
    }

    private static string ContainerProps => SolutionDirectory.Combine("deploy", "Container.props");

    private static string Property(string file, string name) => XDocument.Load(file).Descendants(name).Single().Value;

    [GeneratedRegex("""WithEnvironment\("(\w+)",""")]
    private static partial Regex Variable();
}
