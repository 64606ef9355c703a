namespace Aspire.Hosting.ApplicationModel;

/// <summary>Arguments that a program is started with.</summary>
internal sealed class ArgumentsAnnotation(IReadOnlyList<string> arguments) : IResourceAnnotation
{
    public IReadOnlyList<string> Arguments { get; } = arguments;
}
