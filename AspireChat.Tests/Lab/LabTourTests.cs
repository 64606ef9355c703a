using AspireChat.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace AspireChat.Tests.Lab;

/// <summary>What a newcomer does: he has the lab's address, presses what is offered, and ends at the trace of his own message.</summary>
[Collection(nameof(LabApp))]
public sealed class LabTourTests(BrowserFixture browsers, LabApp app)
{
    [Fact]
    public async Task The_tour_shows_the_bug_the_fix_its_hole_the_cure_and_a_trace()
    {
        await using var lab = await app.OpenAsync(browsers);
        var tour = lab.Page.Locator("#tour");
        var next = tour.Locator("[data-role=next]");
        await lab.Page.Locator("#tour-start").ClickAsync();

        await StepAsync("4 of 6 clients never heard it");
        await StepAsync("All 6 heard it.");
        await StepAsync("deliveries are lost for good");
        await StepAsync("The same cut, and all");
        await StepAsync("6 received it.", say: "to be followed");

        var trace = await lab.Page.RunAndWaitForPopupAsync(() => tour.GetByText("Open its trace").ClickAsync());
        await Expect(trace.GetByText("receive chat:room:{room}")).ToHaveCountAsync(1);
        await next.ClickAsync();
        await Expect(tour).ToBeHiddenAsync();
        Assert.Empty(lab.Browser.Problems);

        async Task StepAsync(string outcome, string? say = null)
        {
            if (await next.GetAttributeAsync("class") is { } look && look.Contains("button--strong", StringComparison.Ordinal)) await next.ClickAsync();
            if (say is not null) await tour.GetByLabel("Your message").FillAsync(say);
            await tour.Locator("[data-role=run]").ClickAsync();
            await Expect(tour.Locator(".outcome")).ToContainTextAsync(outcome, new() { Timeout = LabPage.Patience });
        }
    }
}
