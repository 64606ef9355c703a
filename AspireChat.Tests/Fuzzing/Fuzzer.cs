using System.Diagnostics;

namespace AspireChat.Tests.Fuzzing;

/// <summary>
/// Feeds a target its corpus, inputs made up, and inputs changed at random. In an ordinary run always the same ones, within a second or two; where
/// <c>ASPIRECHAT_FUZZ_SECONDS</c> is set, new ones for so long. What makes a target fall is made as small as can be, and then kept in the corpus.
/// </summary>
internal static class Fuzzer
{
    private const int MaxPool = 4096;
    private const long MaxPoolBytes = 64L << 20;
    private const int MaxInput = 256 * 1024;
    private const int ReviewEvery = 5000;
    private static readonly TimeSpan ShrinkFor = TimeSpan.FromSeconds(20);

    private static readonly int? Seconds =
        int.TryParse(Environment.GetEnvironmentVariable("ASPIRECHAT_FUZZ_SECONDS"), out var seconds) ? seconds : null;

    public static bool IsLong => Seconds is not null;

    /// <param name="target">What is fuzzed.</param>
    /// <param name="ordinary">How many inputs an ordinary run tries.</param>
    public static void Run(FuzzTarget target, int ordinary)
    {
        var seed = IsLong ? Environment.TickCount : 1;
        var random = new Random(seed);
        var mutator = new Mutator(random, target.Tokens);
        List<byte[]> pool = [.. Corpus.Read(target.Name), .. target.Seeds];
        var outcomes = pool.Select(input => Try(target, input, seed)).ToHashSet(StringComparer.Ordinal);

        var pooled = pool.Sum(input => (long)input.Length);
        var started = Stopwatch.GetTimestamp();
        long tried = 0;
        for (; IsLong ? Stopwatch.GetElapsedTime(started).TotalSeconds < Seconds : tried < ordinary; tried++)
        {
            var input = random.Next(4) == 0 ? target.Generate(random) : mutator.Mutate(pool);
            if (input.Length <= MaxInput && outcomes.Add(Try(target, input, seed)) && pool.Count < MaxPool && pooled < MaxPoolBytes)
            {
                pooled += input.Length;
                pool.Add(input);
            }

            if (tried % ReviewEvery == ReviewEvery - 1)
            {
                target.Review();
            }
        }

        target.Review();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{target.Name}: {tried} inputs in {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s, {outcomes.Count} outcomes, seed {seed}.");
    }

    private static string Try(FuzzTarget target, byte[] input, int seed)
    {
        try
        {
            return Cost.Measure(target, input);
        }
        catch (Exception exception)
        {
            var smallest = Shrink(target, input);
            var kept = IsLong ? Corpus.Keep(target.Name, smallest) : Convert.ToHexString(smallest);
            throw new FuzzException($"{target.Name} fell over {smallest.Length} bytes, seed {seed}: {kept}\n{exception.Message}", exception);
        }
    }

    /// <summary>Leaves out pieces as long as it still falls.</summary>
    private static byte[] Shrink(FuzzTarget target, byte[] input)
    {
        var started = Stopwatch.GetTimestamp();
        for (var piece = Math.Max(1, input.Length / 2); piece > 0; piece /= 2)
        {
            for (var at = 0; at + piece <= input.Length && Stopwatch.GetElapsedTime(started) < ShrinkFor;)
            {
                byte[] shorter = [.. input[..at], .. input[(at + piece)..]];
                if (Falls(target, shorter))
                {
                    input = shorter;
                }
                else
                {
                    at += piece;
                }
            }
        }

        return input;
    }

    private static bool Falls(FuzzTarget target, byte[] input)
    {
        try
        {
            Cost.Measure(target, input);
            return false;
        }
        catch (Exception)
        {
            return true;
        }
    }
}
