using AspireChat.ChatServer.Backplane.Envelopes;
using AspireChat.ChatServer.Backplane.Streams;

namespace AspireChat.Tests.Backplane.Streams;

public sealed class RecentMarksTests
{
    [Theory, InlineData(1), InlineData(7), InlineData(8), InlineData(9), InlineData(256), InlineData(1_000)]
    public void The_newest_256_are_known_and_nothing_else(int count)
    {
        const long First = 1_000_003;
        var marks = new RecentMarks();

        for (var offset = First; offset < First + count; offset++)
            marks.Add(offset, new MessageMark(1, offset));

        var last = First + count - 1;
        for (var offset = First - 5; offset <= last + 5; offset++)
        {
            var isKnown = offset >= First && offset <= last && offset > last - 256;
            Assert.Equal(isKnown, marks.TryGet(offset, out var mark));
            Assert.Equal(isKnown ? new MessageMark(1, offset) : default, mark);
        }
    }

    [Fact]
    public void After_a_new_beginning_nothing_of_before_is_known()
    {
        var marks = new RecentMarks();
        marks.Add(1, new MessageMark(1, 1));
        marks.Add(2, new MessageMark(1, 2));

        marks.Clear();
        marks.Add(7, new MessageMark(1, 7));

        Assert.False(marks.TryGet(2, out _));
        Assert.True(marks.TryGet(7, out _));
    }
}
