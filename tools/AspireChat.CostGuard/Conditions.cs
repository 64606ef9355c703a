using AspireChat.LoadTest.Processes;

namespace AspireChat.CostGuard;

/// <summary>Where costs can be measured, and how a command ends that cannot measure them.</summary>
internal static class Conditions
{
    private const int NotRun = 2;

    /// <summary>What this machine lacks; null when it lacks nothing.</summary>
    public static string? Missing { get; } =
        !OperatingSystem.IsLinux() ? "CPU time of other processes is read as Linux tells it"
        : RedisProgram.Path is null ? "'redis-server' is not on the PATH"
        : null;

    /// <summary>Measures, or says why not.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> MeasureAsync(Func<Task<int>> measure)
    {
        try
        {
            return Missing is not null ? throw new CannotRunException($"Nothing can be measured here: {Missing}.")
                : !Repository.IsRelease ? throw new CannotRunException("Costs of a Debug build say nothing. Run: dotnet run -c Release --project tools/AspireChat.CostGuard.")
                : await measure();
        }
        catch (CannotRunException e)
        {
            Console.WriteLine(e.Message);
            return NotRun;
        }
    }
}
