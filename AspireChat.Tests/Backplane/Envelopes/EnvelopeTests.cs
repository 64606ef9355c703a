using AspireChat.ChatServer.Backplane.Envelopes;
using CsCheck;

namespace AspireChat.Tests.Backplane.Envelopes;

public sealed class EnvelopeTests
{
    [Fact]
    public void Whatever_comes_on_a_channel_is_read_or_passed_over() =>
        Gen.Byte.Array[0, 80].Select(Gen.Byte[0x11, 0x14]).Sample((bytes, kind) =>
        {
            if (bytes.Length == 0)
                return;

            bytes[0] = kind;
            StreamMessage.TryDecode(bytes, out _);
            MessageEnvelope.TryDecode(bytes, out _, out _);
            SignalEnvelope.TryDecode(bytes, out _);
        });

    [Fact]
    public void Marks_of_an_instance_are_never_alike_even_when_its_clock_stands_still()
    {
        var marks = new MessageMarks(new Microsoft.Extensions.Time.Testing.FakeTimeProvider());

        var some = Enumerable.Range(0, 1_000).AsParallel().Select(_ => marks.Next()).ToArray();

        Assert.Equal(1_000, some.Distinct().Count());
        Assert.NotNull(marks.Age(some[0]));
        Assert.Null(marks.Age(some[0] with { Origin = some[0].Origin + 1 }));
    }
}
