using LocalAspire.Dashboard.Resources;

namespace LocalAspire.Dashboard.Consoles;

/// <summary>The newest console lines in blocks. Not safe for use from several threads.</summary>
public sealed class ConsoleBuffer
{
    /// <summary>10,000 lines.</summary>
    public const int MaxBlocks = 100;

    private readonly List<ConsoleBlock> _blocks = [];
    private long _lastNumber;

    public IReadOnlyList<ConsoleBlock> Blocks => _blocks;

    public int LineCount => _blocks.Sum(block => block.Lines.Count);

    public IEnumerable<ConsoleLine> Lines => _blocks.SelectMany(block => block.Lines);

    public void Add(IEnumerable<ConsoleLine> lines)
    {
        foreach (var line in lines)
        {
            if (_blocks.Count == 0 || _blocks[^1].IsFull) _blocks.Add(new ConsoleBlock(++_lastNumber));
            if (_blocks.Count > MaxBlocks) _blocks.RemoveAt(0);
            _blocks[^1].Add(line);
        }
    }

    public void Clear() => _blocks.Clear();
}
