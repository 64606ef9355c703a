using System.Runtime.CompilerServices;
using Grpc.Core;
using LocalAspire.Protos.ResourceService.V1;

namespace LocalAspire.Dashboard.Resources;

/// <summary>Reads what resources write.</summary>
internal sealed class ConsoleLogs(ResourceServiceChannel channel, TimeProvider time)
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// What the resource has written so far and then each line as it comes, in batches, until cancelled. Where the connection
    /// goes, the host tells everything from the start again; lines already given are skipped by their number.
    /// </summary>
    public async IAsyncEnumerable<IReadOnlyList<ConsoleLine>> WatchAsync(string resourceName, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (channel.Client is not { } client) yield break;

        var last = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            using var call = client.WatchResourceConsoleLogs(new WatchResourceConsoleLogsRequest { ResourceName = resourceName }, channel.Headers, cancellationToken: cancellationToken);
            while (await MoveNextAsync(call.ResponseStream, cancellationToken))
            {
                var lines = new List<ConsoleLine>();
                foreach (var wire in call.ResponseStream.Current.LogLines)
                {
                    if (wire.LineNumber <= last && wire.LineNumber > 0) continue;
                    last = Math.Max(last, wire.LineNumber);
                    lines.Add(ConsoleLine.Parse(resourceName, wire.LineNumber, wire.Text, wire.IsStdErr));
                }

                if (lines.Count > 0) yield return lines;
            }

            await Task.Delay(RetryPause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<bool> MoveNextAsync(IAsyncStreamReader<WatchResourceConsoleLogsUpdate> stream, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.MoveNext(cancellationToken);
        }
        catch (Exception exception) when (exception is RpcException or OperationCanceledException)
        {
            return false;
        }
    }
}
