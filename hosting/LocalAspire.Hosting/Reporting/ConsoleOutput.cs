using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace LocalAspire.Reporting;

/// <summary>Writes the app host's lines, those about a resource with its name in front.</summary>
internal sealed class ConsoleOutput
{
    public const string ModeKey = "LocalAspire:Console";

    private readonly int _nameWidth;
    private readonly TextWriter _writer = Console.Out;

    public ConsoleOutput(IConfiguration configuration, IResourceCollection resources)
    {
        Mode = configuration.GetValue(ModeKey, ConsoleMode.Changes);
        _nameWidth = resources.Select(resource => resource.Name.Length).DefaultIfEmpty(0).Max();
    }

    public ConsoleMode Mode { get; }

    public void Line(string text = "", ConsoleMode from = ConsoleMode.Quiet)
    {
        if (Mode >= from)
            _writer.WriteLine(text);
    }

    public void Line(IResource resource, string text, ConsoleMode from) =>
        Line($"  {resource.Name.PadRight(_nameWidth)}  {text}", from);
}
