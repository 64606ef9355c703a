namespace AspireChat.ScaleModel.Planning;

/// <summary>Finds the least number of machines that is enough.</summary>
internal static class Sizing
{
    /// <summary>Beyond this nobody would go.</summary>
    private const int Most = 1 << 17;

    /// <param name="kind">The machines in words.</param>
    /// <param name="spare">So many may be lost.</param>
    /// <param name="uses">What each of so many uses; it falls, or stays, with their number.</param>
    public static Tier Least(string kind, int spare, Func<int, IEnumerable<Use>> uses)
    {
        bool Enough(int count) => uses(count).All(use => use.Fits);
        Tier Of(int? count, int working) => new(kind, count, [.. uses(working).OrderByDescending(use => use.Share)]);

        var high = 1;
        while (!Enough(high))
        {
            if (high == Most)
                return Of(null, Most);

            high *= 2;
        }

        var low = high / 2;
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = Enough(middle) ? (low, middle) : (middle, high);
        }

        return Of(high + spare, high);
    }
}
