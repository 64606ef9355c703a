using Microsoft.Playwright;

namespace AspireChat.Tests.Browser;

/// <summary>
/// The pictures of the README, made by the tests that have the pages before them anyway: where the environment variable
/// <c>PICTURES</c> names a folder, they are written there (<c>PICTURES=docs/pictures</c>, as a full path).
/// </summary>
internal static class Pictures
{
    private const string Variable = "PICTURES";

    /// <summary>Large enough to be read in a README, small enough to be kept in a repository.</summary>
    private const int Width = 1280;
    private const int Height = 640;

    public static async Task TakeAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } folder)
            return;

        var size = page.ViewportSize;
        await page.SetViewportSizeAsync(Width, Height);
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), Animations = ScreenshotAnimations.Disabled });
        if (size is not null) await page.SetViewportSizeAsync(size.Width, size.Height);
    }
}
