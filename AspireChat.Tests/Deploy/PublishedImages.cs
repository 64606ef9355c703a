namespace AspireChat.Tests.Deploy;

/// <summary>The images of both programs, published by the first test that needs them.</summary>
public sealed class PublishedImages : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aspirechat-images-").FullName;
    private readonly Lazy<Task<IReadOnlyDictionary<string, PublishedImage>>> _images;

    public PublishedImages() => _images = new(PublishAsync);

    internal async Task<PublishedImage> OfAsync(DeployedProgram program)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Images are made on Linux.");
        return (await _images.Value)[program.Project];
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<IReadOnlyDictionary<string, PublishedImage>> PublishAsync()
    {
        await using var registry = await LoopbackRegistry.StartAsync();
        var images = new Dictionary<string, PublishedImage>();
        foreach (var program in DeployedProgram.All)
            images[program.Project] = await PublishedImage.PublishAsync(program.Project, registry.BaseImage, _folder);

        // Who runs it is another user than whoever tests.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_folder, File.GetUnixFileMode(_folder) | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        return images;
    }
}
