using System.Globalization;
using AspireChat.Tests.Redis;

namespace AspireChat.Tests.Faults;

/// <summary>
/// How strictly the faults are judged. In an ordinary run a time bound is four times its figure, for machines that do other things as well. In the recorded
/// one, with <c>ASPIRECHAT_FAULT_RECORD</c> naming a file, it is the figure itself, leases have their real length, and what was measured is written there.
/// </summary>
internal static class FaultRun
{
    private static readonly string? Record = Environment.GetEnvironmentVariable("ASPIRECHAT_FAULT_RECORD");
    private static readonly Lock Gate = new();

    public static bool IsRecorded => Record is { Length: > 0 };

    /// <summary>The Redis that the app is broken with: the real one where it is there, unless <c>ASPIRECHAT_FAULT_REDIS=garnet</c>.</summary>
    public static RedisFlavour Flavour { get; } =
        RedisProgram.IsPresent(RedisFlavour.Redis) && Environment.GetEnvironmentVariable("ASPIRECHAT_FAULT_REDIS") != "garnet" ? RedisFlavour.Redis : RedisFlavour.Garnet;

    public static TimeSpan Bound(double seconds) => TimeSpan.FromSeconds(IsRecorded ? seconds : seconds * 4);

    /// <summary>Asserts a time bound, and keeps what it took.</summary>
    public static void Within(string what, TimeSpan took, double seconds)
    {
        Note(string.Create(CultureInfo.InvariantCulture, $"{what} {took.TotalSeconds:0.0} s (at most {seconds:0.#} s)"));
        Assert.True(took <= Bound(seconds), $"{what} took {took.TotalSeconds:0.0} s; at most {Bound(seconds).TotalSeconds:0.#} s are allowed.");
    }

    /// <summary>Keeps a figure, with the name of the test that measured it.</summary>
    public static void Note(string figure)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(figure);
        if (!IsRecorded)
            return;

        var test = TestContext.Current.TestMethod?.MethodName.Replace('_', ' ');
        lock (Gate)
            File.AppendAllText(Record!, $"{test} | {Flavour} | {figure}\n");
    }
}
