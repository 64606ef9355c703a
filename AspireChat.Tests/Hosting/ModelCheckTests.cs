using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace AspireChat.Tests.Hosting;

public sealed class ModelCheckTests
{
    [Fact]
    public async Task Resources_that_wait_in_a_circle_are_refused()
    {
        await using var app = await HostedApp.BuildAsync(builder =>
        {
            var first = builder.AddShell("first");
            var second = builder.AddShell("second").WaitFor(first);
            first.WaitForStart(builder.AddShell("third").WaitForCompletion(second));
        });

        var error = await Assert.ThrowsAsync<DistributedApplicationException>(() => app.App.StartAsync(TestContext.Current.CancellationToken));

        Assert.Equal("The resource 'first' waits for itself: 'first' waits for 'third' waits for 'second' waits for 'first'. None of them would ever start; remove one of the waits.", error.Message);
    }

    [Fact]
    public async Task A_resource_that_is_not_part_of_the_app_cannot_be_referred_to()
    {
        await using var app = await HostedApp.BuildAsync(builder =>
        {
            var stranger = builder.CreateResourceBuilder(new ProjectResource("stranger"));
            builder.AddShell("chat").WithReference(stranger);
        });

        var error = await Assert.ThrowsAsync<DistributedApplicationException>(() => app.App.StartAsync(TestContext.Current.CancellationToken));

        Assert.Equal("The resource 'chat' refers to 'stranger' (Reference), which is not part of this app; there are 'chat'. Add it with this app's builder, or remove what refers to it.", error.Message);
    }

    [Fact]
    public async Task A_name_that_nobody_has_is_told_from_those_that_there_are()
    {
        await using var app = await HostedApp.BuildAsync(builder =>
        {
            builder.AddShell("chat-1");
            builder.AddShell("chat-2");
        });

        const string Sentence = "There is no resource 'chat-3'; there are 'chat-1' and 'chat-2'. Add it to the app host, or correct the name.";
        Assert.Equal(Sentence, Assert.Throws<DistributedApplicationException>(() => app.App.GetEndpoint("chat-3")).Message);
        Assert.Equal(Sentence, (await Assert.ThrowsAsync<DistributedApplicationException>(() => app.UntilAsync("chat-3", KnownResourceStates.Running))).Message);
        Assert.Equal("There is no resource 'chat-3'; there are 'chat-1' and 'chat-2'.", (await app.RunAsync("chat-3", "start")).ErrorMessage);
    }
}
