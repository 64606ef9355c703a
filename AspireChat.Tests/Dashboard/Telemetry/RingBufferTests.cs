using CsCheck;
using LocalAspire.Dashboard.Telemetry;

namespace AspireChat.Tests.Dashboard.Telemetry;

public sealed class RingBufferTests
{
    [Fact]
    public void It_holds_the_newest_in_order_like_a_list_that_is_cut() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[0, 200]).Sample((capacity, count) =>
        {
            var buffer = new RingBuffer<int>(capacity);
            for (var i = 0; i < count; i++)
            {
                var evicted = buffer.Add(i, out var oldest);
                if (evicted != i >= capacity || (evicted && oldest != i - capacity)) return false;
            }

            var copy = new int[buffer.Count];
            buffer.CopyTo(copy);
            return copy.SequenceEqual(Enumerable.Range(Math.Max(0, count - capacity), Math.Min(capacity, count)));
        });
}
