using AspireChat.ChatServer.Rebalancing;

namespace AspireChat.Tests.Rebalancing;

public sealed class SpreadTests
{
    private const int Least = 10;

    [Theory]
    [InlineData(6, new[] { 0, 0 }, "too few to matter, as in the lab")]
    [InlineData(29, new[] { 0, 0 }, "under ten on the average")]
    [InlineData(30, new[] { 30, 30 }, "the same")]
    [InlineData(12, new[] { 10, 11 }, "two more or less")]
    [InlineData(110, new[] { 90, 100 }, "within a tenth")]
    [InlineData(500, new int[0], "alone")]
    public void What_is_even_is_left_alone(int own, int[] others, string why) =>
        Assert.True(Spread.Of(own, others).IsEven(Least), why);

    [Theory]
    [InlineData(30, new[] { 30, 0 }, 2)]
    [InlineData(22, new[] { 22, 16 }, 1)]
    [InlineData(112, new[] { 94, 94 }, 3)]
    [InlineData(5_000, new[] { 5_000, 0 }, 50)]
    public void Whoever_has_more_than_the_average_moves_a_few(int own, int[] others, int moves)
    {
        var spread = Spread.Of(own, others);

        Assert.False(spread.IsEven(Least));
        Assert.Equal(moves, spread.Moves);
    }

    [Theory]
    [InlineData(0, new[] { 30, 30 })]
    [InlineData(20, new[] { 30, 10 })]
    public void Whoever_has_no_more_than_the_average_moves_nobody(int own, int[] others) =>
        Assert.Equal(0, Spread.Of(own, others).Moves);

    /// <summary>Those who move come back on any instance in turn.</summary>
    [Theory]
    [InlineData(30, 30, 0)]
    [InlineData(1_000, 0, 0)]
    [InlineData(400, 350, 10)]
    [InlineData(40, 35, 33)]
    public void It_becomes_even_and_stays_so(params int[] counts)
    {
        var turn = 0;
        var rounds = 0;
        for (; !Look(0).IsEven(Least); rounds++)
        {
            Assert.True(rounds < 200, $"Still {string.Join(", ", counts)} after {rounds} rounds.");
            var moves = Enumerable.Range(0, counts.Length).Select(index => Look(index).Moves).ToArray();
            for (var index = 0; index < counts.Length; index++)
                counts[index] -= moves[index];
            for (var moved = 0; moved < moves.Sum(); moved++)
                counts[turn++ % counts.Length]++;
        }

        Assert.All(Enumerable.Range(0, counts.Length), index => Assert.True(Look(index).IsEven(Least)));

        Spread Look(int index) => Spread.Of(counts[index], [.. counts[..index], .. counts[(index + 1)..]]);
    }
}
