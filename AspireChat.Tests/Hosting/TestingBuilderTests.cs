using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace AspireChat.Tests.Hosting;

public sealed class TestingBuilderTests
{
    [Fact]
    public async Task The_app_host_builds_its_model_from_the_command_line()
    {
        await using var builder = await CreateAsync("--Parameters:instances=2", "--Parameters:max-instances=4");

        Assert.Equal(["backplane", "admin-key", "api-key", "redis", "gateway", "chat-1", "chat-2", "chat-3", "chat-4"], builder.Resources.Select(resource => resource.Name));
        Assert.Equal(["chat-3", "chat-4"], builder.Resources.Where(resource => resource.Annotations.OfType<ExplicitStartupAnnotation>().Any()).Select(resource => resource.Name));
        Assert.Equal(["chat-1", "chat-2"], Find(builder, "gateway").Annotations.OfType<WaitAnnotation>().Select(wait => wait.Resource.Name));
    }

    [Fact]
    public async Task Keys_are_made_afresh_unless_they_are_given()
    {
        await using var first = await CreateAsync();
        await using var second = await CreateAsync("--Parameters:api-key=sesame");

        Assert.NotEqual(await ValueAsync(first, "admin-key"), await ValueAsync(second, "admin-key"));
        Assert.Equal("sesame", await ValueAsync(second, "api-key"));
        Assert.Equal("stream", await ValueAsync(second, "backplane"));
    }

    [Fact]
    public async Task A_test_can_change_the_model_before_it_is_built()
    {
        await using var builder = await CreateAsync();
        builder.AddShell("extra").WithExplicitStart();

        await using var app = await builder.BuildAsync(TestContext.Current.CancellationToken);

        Assert.True(app.ResourceNotifications.TryGetCurrentState("extra", out var extra));
        Assert.Equal(KnownResourceStates.NotStarted, extra.Snapshot.State?.Text);
    }

    [Theory]
    [InlineData(0, null, "Parameter 'instances' is 0; set it to a number from 1 to 16.")]
    [InlineData(17, null, "Parameter 'instances' is 17; set it to a number from 1 to 16.")]
    [InlineData(3, 2, "Parameter 'max-instances' is 2; set it to a number from 3, the instances that start with the app, to 16.")]
    [InlineData(3, 17, "Parameter 'max-instances' is 17; set it to a number from 3, the instances that start with the app, to 16.")]
    public async Task A_number_of_instances_out_of_range_is_refused_with_the_range(int instances, int? most, string expected)
    {
        string[] args = [$"--Parameters:instances={instances}", .. most is null ? (string[])[] : [$"--Parameters:max-instances={most}"]];

        Assert.Equal(expected, (await Assert.ThrowsAsync<DistributedApplicationException>(() => CreateAsync(args))).Message);
    }

    [Theory, InlineData(1), InlineData(16)]
    public async Task From_1_to_16_instances_there_are_as_many_as_asked_for(int instances)
    {
        await using var builder = await CreateAsync($"--Parameters:instances={instances}");

        Assert.Equal(instances, builder.Resources.Count(resource => resource.Name.StartsWith("chat-", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_the_app_host_throws_reaches_the_test()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => CreateAsync("--Parameters:instances=many"));

        Assert.Contains("Parameters:instances", error.Message);
    }

    [Fact]
    public async Task A_type_of_something_else_is_no_app_host()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => DistributedApplicationTestingBuilder.CreateAsync<string>(TestContext.Current.CancellationToken));

        Assert.Equal("The assembly 'System.Private.CoreLib' has no entry point, so it is no app host. Give a type of the app host's assembly, such as Projects.MyApp_AppHost.", error.Message);
    }

    [Fact]
    public async Task Several_apps_run_side_by_side()
    {
        await using var one = await HostedApp.StartAsync(builder => builder.AddShell("chat").WithHttpEndpoint(5080));
        await using var two = await HostedApp.StartAsync(builder => builder.AddShell("chat").WithHttpEndpoint(5080));

        Assert.NotEqual(await one.ProcessIdAsync("chat"), await two.ProcessIdAsync("chat"));
        Assert.NotEqual(one.App.GetEndpoint("chat"), two.App.GetEndpoint("chat"));

        await one.DisposeAsync();
        Assert.Equal(KnownResourceStates.Running, two.StateOf("chat"));
    }

    [Fact]
    public async Task Endpoints_and_connection_strings_are_asked_for_by_name()
    {
        await using var app = await HostedApp.StartAsync(builder =>
        {
            builder.AddShell("chat").WithEndpoint(name: "admin", scheme: "http").WithHttpEndpoint();
            builder.AddParameter("key", "sesame");
        });

        Assert.Equal(app.App.GetEndpoint("chat", "http"), app.App.GetEndpoint("chat"));
        Assert.NotEqual(app.App.GetEndpoint("chat", "http"), app.App.GetEndpoint("chat", "admin"));
        Assert.Equal("The resource 'key' has no endpoints. (Parameter 'resourceName')", Assert.Throws<ArgumentException>(() => app.App.GetEndpoint("key")).Message);
        var error = await Assert.ThrowsAsync<ArgumentException>(async () => await app.App.GetConnectionStringAsync("chat", TestContext.Current.CancellationToken));
        Assert.Equal("The resource 'chat' has no connection string. (Parameter 'resourceName')", error.Message);
    }

    private static Task<IDistributedApplicationTestingBuilder> CreateAsync(params string[] args) =>
        DistributedApplicationTestingBuilder.CreateAsync<Projects.AspireChat_AppHost>(args, TestContext.Current.CancellationToken);

    private static IResource Find(IDistributedApplicationTestingBuilder builder, string name) => builder.Resources.Single(resource => resource.Name == name);

    private static async Task<string?> ValueAsync(IDistributedApplicationTestingBuilder builder, string name) =>
        await ((ParameterResource)Find(builder, name)).GetValueAsync(TestContext.Current.CancellationToken);
}
