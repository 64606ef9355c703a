namespace AspireChat.LoadTest.Load.Measuring;

/// <summary>Numbers that were passed over, as ranges: as many entries as there were gaps, however wide.</summary>
internal sealed class Gaps
{
    private readonly List<(uint From, uint To)> _ranges = [];

    public IReadOnlyList<(uint From, uint To)> Ranges => _ranges;

    /// <summary>Adds the numbers from <paramref name="from"/> to before <paramref name="to"/>, all above those that are here.</summary>
    public void Add(uint from, uint to)
    {
        if (from < to)
            _ranges.Add((from, to));
    }

    /// <returns>False when it was not here.</returns>
    public bool Remove(uint number)
    {
        for (var i = _ranges.Count - 1; i >= 0 && _ranges[i].To > number; i--)
        {
            var (from, to) = _ranges[i];
            if (number < from)
                continue;

            _ranges.RemoveAt(i);
            if (number + 1 < to)
                _ranges.Insert(i, (number + 1, to));

            if (from < number)
                _ranges.Insert(i, (from, number));

            return true;
        }

        return false;
    }
}
