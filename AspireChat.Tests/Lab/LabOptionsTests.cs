using System.ComponentModel.DataAnnotations;
using AspireChat.Gateway.Lab;

namespace AspireChat.Tests.Lab;

public sealed class LabOptionsTests
{
    [Fact]
    public void Nothing_need_be_set() =>
        Assert.Empty(Problems(new LabOptions()));

    [Fact]
    public void A_code_that_could_be_guessed_is_refused() =>
        Assert.Equal(
            ["Lab:Code has 4 characters and could be guessed; give it at least 16 random ones."],
            Problems(new LabOptions { Code = "1234", AdminKey = "key" }));

    [Fact]
    public void A_code_without_the_key_that_it_gives_the_use_of_is_refused() =>
        Assert.Equal(
            ["Lab:Code is set but Lab:AdminKey is not, so a session could do nothing; set it to the chat servers' Chat:AdminKey."],
            Problems(new LabOptions { Code = "0123456789abcdef" }));

    [Theory]
    [InlineData("dashboard")]
    [InlineData("javascript:alert(1)")]
    public void A_dashboard_that_is_no_web_address_is_refused(string address) =>
        Assert.Equal(
            [$"Lab:DashboardUrl is '{address}', which is not an absolute http or https address; write it like http://localhost:15080."],
            Problems(new LabOptions { DashboardUrl = new Uri(address, UriKind.RelativeOrAbsolute) }));

    private static IEnumerable<string?> Problems(LabOptions options)
    {
        List<ValidationResult> results = [];
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        return results.Select(result => result.ErrorMessage);
    }
}
