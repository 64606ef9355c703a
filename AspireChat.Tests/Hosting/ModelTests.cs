using Aspire.Hosting;
using Aspire.Hosting.Testing;

namespace AspireChat.Tests.Hosting;

public sealed class ModelTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly IDistributedApplicationTestingBuilder _builder = DistributedApplicationTestingBuilder.Create("--Parameters:given=42", "--ConnectionStrings:orders=host:1");

    [Theory]
    [InlineData("")]
    [InlineData("chat 1")]
    [InlineData("1-chat")]
    [InlineData("chat-")]
    [InlineData("chat--1")]
    [InlineData("chät")]
    public void A_name_that_breaks_the_rule_is_refused(string name)
    {
        var error = Assert.Throws<DistributedApplicationException>(() => _builder.AddShell(name));

        Assert.Equal($"The resource name '{name}' is not valid: use 1 to 64 ASCII letters, digits and single hyphens, starting with a letter and not ending with a hyphen.", error.Message);
    }

    [Fact]
    public void A_second_resource_of_the_same_name_is_refused_whatever_its_case()
    {
        _builder.AddShell("chat");

        var error = Assert.Throws<DistributedApplicationException>(() => _builder.AddShell("Chat"));

        Assert.Equal("The resource 'Chat' cannot be added: there is one named 'chat' already, and names must be unique whatever their case. Rename one of them.", error.Message);
    }

    [Fact]
    public void A_second_endpoint_of_the_same_name_is_refused()
    {
        var chat = _builder.AddShell("chat").WithHttpEndpoint();

        var error = Assert.Throws<DistributedApplicationException>(() => chat.WithHttpEndpoint());

        Assert.Equal("The endpoint 'http' cannot be added: the resource 'chat' has one of that name already. Name it, or change the former with WithEndpoint(\"http\", endpoint => …).", error.Message);
    }

    [Fact]
    public void A_resource_cannot_wait_for_itself()
    {
        var chat = _builder.AddShell("chat");

        var error = Assert.Throws<DistributedApplicationException>(() => chat.WaitFor(chat));

        Assert.Equal("The resource 'chat' cannot wait for itself: it would never start. Remove the wait.", error.Message);
    }

    [Fact]
    public void An_http_health_check_needs_an_http_endpoint()
    {
        var chat = _builder.AddShell("chat").WithEndpoint(name: "tcp");

        var missing = Assert.Throws<DistributedApplicationException>(() => chat.WithHttpHealthCheck());
        var unknown = Assert.Throws<DistributedApplicationException>(() => chat.WithHttpHealthCheck(endpointName: "https"));

        Assert.Equal("The resource 'chat' cannot have an HTTP health check: it has no HTTP endpoint. Add one first, with WithHttpEndpoint.", missing.Message);
        Assert.Equal("The resource 'chat' has no endpoint 'https'; it has 'tcp'. Add it with WithHttpEndpoint or WithEndpoint, or correct the name.", unknown.Message);
    }

    [Fact]
    public void What_the_stand_in_does_not_support_says_how_to_have_it()
    {
        var chat = _builder.AddProject<Projects.AspireChat_ChatServer>("chat");

        Assert.Same(chat, chat.WithReplicas(1));
        var error = Assert.Throws<NotSupportedException>(() => chat.WithReplicas(3));

        Assert.Equal("LocalAspire, the stand-in for Aspire's app host, does not support WithReplicas(3); build with the property or environment variable UseAspire=true to use the genuine one.", error.Message);
    }

    [Fact]
    public async Task A_parameter_takes_its_value_from_the_configuration_unless_the_app_host_gives_it()
    {
        Assert.Equal("42", await _builder.AddParameter("given").Resource.GetValueAsync(None));
        Assert.Equal("7", await _builder.AddParameter("fixed", "7", secret: true).Resource.GetValueAsync(None));
    }

    [Fact]
    public async Task A_parameter_without_a_value_says_how_to_give_it_one()
    {
        var parameter = _builder.AddParameter("missing").Resource;

        var error = await Assert.ThrowsAsync<MissingParameterValueException>(async () => await parameter.GetValueAsync(None));

        Assert.Equal("The parameter 'missing' has no value. Give one as 'Parameters:missing' in the configuration, for instance on the command line: --Parameters:missing=value.", error.Message);
    }

    [Fact]
    public async Task A_connection_string_is_taken_from_the_configuration()
    {
        Assert.Equal("host:1", await _builder.AddConnectionString("orders").Resource.GetConnectionStringAsync(None));

        var missing = _builder.AddConnectionString("stock").Resource;
        var error = await Assert.ThrowsAsync<MissingParameterValueException>(async () => await missing.GetConnectionStringAsync(None));

        Assert.Equal("The connection string 'stock' has no value. Give one as 'ConnectionStrings:stock' in the configuration, for instance on the command line: --ConnectionStrings:stock=value.", error.Message);
    }

    [Fact]
    public void A_port_is_not_known_before_the_app_has_started()
    {
        var endpoint = _builder.AddShell("chat").WithHttpEndpoint().GetEndpoint("http");

        Assert.True(endpoint.Exists);
        Assert.False(endpoint.IsAllocated);
        var error = Assert.Throws<InvalidOperationException>(() => endpoint.Url);
        Assert.Equal("The endpoint 'http' of 'chat' has no port yet; ask once the app has started, or from a callback.", error.Message);
    }
}
