using LocalAspire.Dashboard.Components.Elements;

namespace AspireChat.Tests.Dashboard;

public sealed class TypedTextTests
{
    private readonly TypedText _typed = new();

    [Fact]
    public void What_the_address_says_is_shown()
    {
        _typed.Take("redis");

        Assert.Equal("redis", _typed.Text);
        Assert.False(_typed.TryTell(out _));
    }

    [Fact]
    public void An_echo_of_what_was_told_does_not_undo_what_was_typed_since()
    {
        Type("re");
        _typed.Text = "redi";

        _typed.Take("re");

        Assert.Equal("redi", _typed.Text);
        Assert.True(_typed.TryTell(out var told));
        Assert.Equal("redi", told);
    }

    [Fact]
    public void Nor_does_one_that_comes_after_more_was_told()
    {
        Type("re");
        Type("redis");

        _typed.Take("re");
        Assert.Equal("redis", _typed.Text);
        _typed.Take("redis");

        Assert.Equal("redis", _typed.Text);
        Assert.False(_typed.TryTell(out _));
    }

    [Fact]
    public void A_page_that_is_drawn_again_for_another_reason_changes_nothing()
    {
        _typed.Take("re");
        _typed.Text = "redis";

        _typed.Take("re");

        Assert.Equal("redis", _typed.Text);
    }

    [Fact]
    public void Another_text_from_the_address_replaces_what_was_typed()
    {
        Type("redis");
        _typed.Take("redis");

        _typed.Take("");

        Assert.Equal("", _typed.Text);
    }

    private void Type(string text)
    {
        _typed.Text = text;
        Assert.True(_typed.TryTell(out var told));
        Assert.Equal(text, told);
    }
}
