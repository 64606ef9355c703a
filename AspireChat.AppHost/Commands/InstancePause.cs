/// <summary>A pause of one chat server. The instance stops itself, and a stopped process cannot be asked to go on: that takes a signal.</summary>
internal sealed class InstancePause(Administration administration)
{
    public const int Seconds = 10;

    private (int Process, DateTimeOffset Until)? _paused;

    public async Task<ExecuteCommandResult> BeginAsync(CancellationToken cancellationToken)
    {
        var (result, answer) = await administration.AskAsync(HttpMethod.Post, "/admin/faults/pause", new { seconds = Seconds }, cancellationToken);
        if (result.Success)
            _paused = (answer.GetProperty("processId").GetInt32(), TimeProvider.System.GetUtcNow().AddSeconds(Seconds));
        return result;
    }

    public async Task<ExecuteCommandResult> EndAsync()
    {
        // Past its time the number may be another process's.
        if (_paused is not var (process, until) || TimeProvider.System.GetUtcNow() >= until)
            return CommandResults.Failure("It is not paused.");

        _paused = null;
        await ProcessSignal.SendAsync("CONT", process);
        return CommandResults.Success();
    }
}
