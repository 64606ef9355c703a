using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AspireChat.Tests.Deploy;

/// <summary>A registry of images on loopback, with one in it that is as good as empty: enough for the SDK to build upon, where no other can be reached.</summary>
internal sealed class LoopbackRegistry : IAsyncDisposable
{
    private const string ManifestType = "application/vnd.docker.distribution.manifest.v2+json";

    private readonly WebApplication _app;

    private LoopbackRegistry(WebApplication app) => _app = app;

    /// <summary>The image, as a project names what it builds upon.</summary>
    public string BaseImage => $"localhost:{new Uri(_app.Urls.Single()).Port}/base:1";

    public static async Task<LoopbackRegistry> StartAsync()
    {
        var (tar, layer) = EmptyLayer();
        var config = JsonSerializer.SerializeToUtf8Bytes(new
        {
            architecture = "amd64",
            os = "linux",
            config = new { Env = new[] { "PATH=/usr/bin" }, User = "root" },
            rootfs = new { type = "layers", diff_ids = new[] { Digest(tar) } },
        });
        var manifest = JsonSerializer.SerializeToUtf8Bytes(new
        {
            schemaVersion = 2,
            mediaType = ManifestType,
            config = new { mediaType = "application/vnd.docker.container.image.v1+json", size = config.Length, digest = Digest(config) },
            layers = new[] { new { mediaType = "application/vnd.docker.image.rootfs.diff.tar.gzip", size = layer.Length, digest = Digest(layer) } },
        });

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/v2/", () => Results.Ok());
        app.MapGet("/v2/base/manifests/1", (HttpResponse response) => Answer(response, manifest, ManifestType));
        app.MapGet($"/v2/base/blobs/{Digest(config)}", (HttpResponse response) => Answer(response, config, "application/octet-stream"));
        app.MapGet($"/v2/base/blobs/{Digest(layer)}", (HttpResponse response) => Answer(response, layer, "application/octet-stream"));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new LoopbackRegistry(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static (byte[] Tar, byte[] Compressed) EmptyLayer()
    {
        using var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, leaveOpen: true))
            writer.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "etc/"));

        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(tar.ToArray());
        return (tar.ToArray(), compressed.ToArray());
    }

    private static IResult Answer(HttpResponse response, byte[] content, string type)
    {
        response.Headers["Docker-Content-Digest"] = Digest(content);
        return Results.Bytes(content, type);
    }

    private static string Digest(byte[] content) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}";
}
