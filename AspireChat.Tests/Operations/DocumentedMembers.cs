using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace AspireChat.Tests.Operations;

/// <summary>The doc comments of an assembly, as the compiler has written them beside it.</summary>
internal sealed partial class DocumentedMembers
{
    private readonly Dictionary<string, XElement> _summaries;

    public DocumentedMembers(Assembly assembly) => _summaries = XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml"), LoadOptions.PreserveWhitespace).Descendants("member")
        .Where(member => member.Element("summary") is not null)
        .ToDictionary(member => member.Attribute("name")!.Value, member => member.Element("summary")!);

    /// <summary>In Markdown, on one line, fit for a table.</summary>
    public string SummaryOf(PropertyInfo property) =>
        _summaries.TryGetValue($"P:{property.DeclaringType!.FullName}.{property.Name}", out var summary)
            ? Spaces().Replace(string.Concat(summary.Nodes().Select(Render)), " ").Trim().Replace("|", "\\|", StringComparison.Ordinal)
            : "";

    public string SummaryOf(Type type) =>
        _summaries.TryGetValue($"T:{type.FullName}", out var summary) ? Spaces().Replace(string.Concat(summary.Nodes().Select(Render)), " ").Trim() : "";

    private static string Render(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" } see => $"`{see.Attribute("cref")!.Value.Split('.')[^1]}`",
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement other => other.Value,
        _ => "",
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
