using System.Text;
using AspireChat.ChatServer.Protocol;

namespace AspireChat.Tests.Protocol;

public sealed class UserNameTests
{
    [Theory]
    [InlineData("ada")]
    [InlineData("Ada Lovelace")]
    [InlineData("a")]
    [InlineData("名前")]
    [InlineData("Zoë")]
    [InlineData("नमस्ते")]
    [InlineData("한국어")]
    [InlineData("Ậ")]
    [InlineData("x\u0302")]
    [InlineData("😀")]
    [InlineData("<script>")]
    [InlineData("12345678901234567890123456789012")]
    public void A_visible_composed_name_is_valid(string name) => Assert.True(IsValid(name));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\u3000\u00a0")]
    [InlineData("123456789012345678901234567890123")]
    [InlineData("a\u0000")]
    [InlineData("a\nb")]
    [InlineData("a\u0085b")]
    [InlineData("a\u007fb")]
    [InlineData("a\u202eb")]
    [InlineData("a\u2066b")]
    [InlineData("a\u200eb")]
    [InlineData("a\u200bb")]
    [InlineData("a\u200db")]
    [InlineData("a\u00adb")]
    [InlineData("a\ufeffb")]
    [InlineData("a\u2028b")]
    [InlineData("a\u034fb")]
    [InlineData("a\u3164b")]
    [InlineData("a\u2800b")]
    [InlineData("a\ufe0fb")]
    [InlineData("a\U000e0041b")]
    [InlineData("a\U000e0100b")]
    [InlineData("a\ue000b")]
    [InlineData("a\u0378b")]
    public void A_name_that_hides_something_is_not(string name) => Assert.False(IsValid(name));

    [Theory]
    [InlineData("e\u0301")]
    [InlineData("\u212b")]
    [InlineData("\u1ea5\u0323")]
    [InlineData("a\u0301\u0323")]
    [InlineData("\u1100\u1161")]
    [InlineData("\uac00\u11a8")]
    [InlineData("\u0958")]
    [InlineData("\uf900")]
    [InlineData("\U0001d15e")]
    public void A_name_that_has_a_composed_form_is_valid_only_in_that(string name) => Assert.False(IsValid(name));

    private static bool IsValid(string name) => UserName.IsValid(Encoding.UTF8.GetBytes(name));
}
