using Microsoft.Playwright;

namespace AspireChat.Tests.Browser;

/// <summary>
/// Pictures of what a test has come to, for the README: taken when the environment variable <c>ASPIRECHAT_PICTURES</c> names a folder, such as
/// <c>docs/pictures</c>. An ordinary run of the tests changes no file.
/// </summary>
internal static class Pictures
{
    private const string Variable = "ASPIRECHAT_PICTURES";

    /// <param name="page">Whatever it shows; what follows the pointer is out of the picture.</param>
    /// <param name="name">Of the file, without its extension.</param>
    /// <param name="height">Of the picture; lists make large files.</param>
    public static async Task TakeAsync(this IPage page, string name, int height = 900)
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } folder) return;

        await page.SetViewportSizeAsync(1440, height);
        await page.Mouse.MoveAsync(0, 0);
        await page.ScreenshotAsync(new() { Path = Path.Combine(SolutionDirectory.Combine(folder), $"{name}.png") });
    }
}
