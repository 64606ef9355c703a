using System.Text;
using AspireChat.LoadTest.Load.Measuring;

namespace AspireChat.Tests.Load;

public sealed class StampTests
{
    private readonly MessageText _text = new(Stamp.NewRun(), 128);

    [Theory, InlineData(0, 0, 0u, 0L), InlineData(0xffffff, 0xffff, uint.MaxValue, long.MaxValue), InlineData(12, 3, 456u, 789_012_345L)]
    public void A_message_is_found_in_a_frame_with_all_that_it_says(int room, int slot, uint sequence, long sentAt)
    {
        var stamp = new Stamp(room, slot, sequence, sentAt);
        var frame = FrameOf(_text, stamp);

        var found = Read(_text, frame);

        Assert.Equal([(MessageText.Found.Message, stamp)], found);
    }

    [Fact]
    public void Each_of_the_messages_of_one_frame_is_found()
    {
        var (one, two) = (new Stamp(1, 0, 7, 10), new Stamp(1, 0, 8, 11));
        byte[] frame = [.. "{\"type\":\"joined\",\"messages\":["u8, .. FrameOf(_text, one), (byte)',', .. FrameOf(_text, two), .. "]}"u8];

        Assert.Equal([(MessageText.Found.Message, one), (MessageText.Found.Message, two)], Read(_text, frame));
    }

    [Fact]
    public void Messages_of_another_run_are_none()
    {
        var other = new MessageText(Stamp.NewRun(), 128);

        Assert.Empty(Read(_text, FrameOf(other, new Stamp(1, 0, 7, 10))));
    }

    [Fact]
    public void A_text_that_was_cut_or_changed_is_corrupt()
    {
        var whole = FrameOf(_text, new Stamp(1, 0, 7, 10));
        var cut = whole[..^5];
        var changed = Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(whole).Replace("@#", "@#", StringComparison.Ordinal).Replace("#@", "!!", StringComparison.Ordinal));

        Assert.Equal([MessageText.Found.Corrupt], Read(_text, cut).Select(found => found.Found));
        Assert.Equal([MessageText.Found.Corrupt], Read(_text, changed).Select(found => found.Found));
    }

    private static byte[] FrameOf(MessageText text, Stamp stamp)
    {
        var bytes = new byte[text.Size];
        return [.. "{\"type\":\"message\",\"text\":\""u8, .. text.Write(stamp, bytes), .. "\"}"u8];
    }

    private static List<(MessageText.Found Found, Stamp Stamp)> Read(MessageText text, ReadOnlySpan<byte> frame)
    {
        var all = new List<(MessageText.Found, Stamp)>();
        while (text.Next(ref frame, out var stamp) is var found and not MessageText.Found.Nothing)
            all.Add((found, stamp));

        return all;
    }
}
