namespace AspireChat.Gateway.Pages;

internal static class PagesExtensions
{
    /// <summary>Serves the chat page at <c>/</c>.</summary>
    public static void UsePages(this WebApplication app)
    {
        if (!app.Environment.WebRootFileProvider.GetFileInfo("index.html").Exists)
        {
            throw new InvalidOperationException(
                $"The chat page 'wwwroot/index.html' is not under '{app.Environment.ContentRootPath}'; "
                + "start the gateway in its project or publish folder, or give that folder as --contentRoot.");
        }

        app.UseDefaultFiles();
        app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = PageHeaders.Set });
    }
}
