using LocalAspire.Dashboard.Resources;

namespace LocalAspire.Dashboard.Consoles;

/// <summary>Some consecutive lines. Only the newest block of a buffer grows, so a page draws the others once.</summary>
public sealed class ConsoleBlock(long number)
{
    public const int Capacity = 100;

    private readonly List<ConsoleLine> _lines = new(Capacity);

    public long Number => number;

    public IReadOnlyList<ConsoleLine> Lines => _lines;

    public bool IsFull => _lines.Count == Capacity;

    public void Add(ConsoleLine line) => _lines.Add(line);
}
