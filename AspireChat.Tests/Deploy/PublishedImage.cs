using System.Formats.Tar;
using System.IO.Compression;
using System.Reflection;
using System.Text.Json;

namespace AspireChat.Tests.Deploy;

/// <summary>An image as <c>dotnet publish -t:PublishContainer</c> leaves it in an archive, unpacked.</summary>
internal sealed class PublishedImage
{
    /// <summary>As which these tests were built, and the programs with them.</summary>
    private static readonly string Configuration = typeof(PublishedImage).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    private readonly JsonElement _config;

    private PublishedImage(string folder, string tag, JsonElement config)
    {
        Folder = folder;
        Tag = tag;
        _config = config;
    }

    /// <summary>The root of what the image has in its own layer.</summary>
    public string Folder { get; }

    public string Tag { get; }

    public string User => _config.GetProperty("User").GetString()!;

    public string WorkingDirectory => _config.GetProperty("WorkingDir").GetString()!;

    public IReadOnlyList<string> EntryPoint => Texts("Entrypoint");

    public IReadOnlyList<string> Environment => Texts("Env");

    public IReadOnlyList<string> Ports => [.. _config.GetProperty("ExposedPorts").EnumerateObject().Select(port => port.Name)];

    public IReadOnlyDictionary<string, string> Labels => _config.GetProperty("Labels").EnumerateObject().ToDictionary(label => label.Name, label => label.Value.GetString()!);

    /// <summary>Publishes what has been built already, upon that image, within that folder.</summary>
    public static async Task<PublishedImage> PublishAsync(string project, string baseImage, string folder)
    {
        var archive = Path.Combine(folder, $"{project}.tar.gz");
        var (exitCode, output) = await Tool.RunAsync(
            "dotnet",
            [
                "publish", ProjectFile(project), "--no-build", "-c", Configuration, "-t:PublishContainer", "-nodeReuse:false", "-v:q",
                $"-p:ContainerBaseImage={baseImage}", $"-p:ContainerArchiveOutputPath={archive}", $"-p:PublishDir={Path.Combine(folder, "publish", project)}/",
            ],
            ("TMPDIR", folder));
        Assert.True(exitCode == 0, output);
        return await UnpackAsync(archive, Path.Combine(folder, "images", project));
    }

    /// <summary>What it is built upon where no other image is given.</summary>
    public static async Task<string> BaseOfAsync(string project) =>
        (await Tool.RunAsync("dotnet", ["msbuild", ProjectFile(project), "-t:ComputeContainerBaseImage", "-getProperty:ContainerBaseImage", "-nodeReuse:false"])).Output.Trim();

    private static string ProjectFile(string project) => SolutionDirectory.Combine(project, $"{project}.csproj");

    private static async Task<PublishedImage> UnpackAsync(string archive, string folder)
    {
        var parts = Path.Combine(folder, "parts");
        Directory.CreateDirectory(parts);
        await TarFile.ExtractToDirectoryAsync(archive, parts, overwriteFiles: false, TestContext.Current.CancellationToken);
        var manifest = (await ReadAsync(Path.Combine(parts, "manifest.json")))[0];

        var root = Path.Combine(folder, "root");
        Directory.CreateDirectory(root);
        var layer = manifest.GetProperty("Layers").EnumerateArray().Last().GetString()!;
        await using var compressed = new GZipStream(File.OpenRead(Path.Combine(parts, layer)), CompressionMode.Decompress);
        await TarFile.ExtractToDirectoryAsync(compressed, root, overwriteFiles: false, TestContext.Current.CancellationToken);

        var config = await ReadAsync(Path.Combine(parts, manifest.GetProperty("Config").GetString()!));
        return new PublishedImage(root, manifest.GetProperty("RepoTags")[0].GetString()!, config.GetProperty("config"));
    }

    private static async Task<JsonElement> ReadAsync(string file) =>
        JsonDocument.Parse(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)).RootElement;

    private IReadOnlyList<string> Texts(string property) => [.. _config.GetProperty(property).EnumerateArray().Select(text => text.GetString()!)];
}
