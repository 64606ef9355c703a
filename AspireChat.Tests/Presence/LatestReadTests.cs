using AspireChat.ChatServer.Presence;

namespace AspireChat.Tests.Presence;

public sealed class LatestReadTests
{
    [Fact]
    public async Task Whoever_asks_during_a_read_shares_the_next_one()
    {
        var reads = new List<TaskCompletionSource<int>>();
        var latest = new LatestRead<int>(() =>
        {
            reads.Add(new(TaskCreationOptions.RunContinuationsAsynchronously));
            return reads[^1].Task;
        });

        var first = latest.ReadAsync();
        Task<int>[] later = [latest.ReadAsync(), latest.ReadAsync(), latest.ReadAsync()];
        Assert.Single(reads);

        reads[0].SetException(new InvalidOperationException("The first read failed."));
        await Assert.ThrowsAsync<InvalidOperationException>(() => first);
        await Eventually.Is("the second read begins", () => reads.Count == 2);
        reads[1].SetResult(2);
        int[] shared = await Task.WhenAll(later);
        Assert.Equal([2, 2, 2], shared);

        var last = latest.ReadAsync();
        reads[2].SetResult(3);
        Assert.Equal(3, await last);
        Assert.Equal(3, reads.Count);
    }
}
