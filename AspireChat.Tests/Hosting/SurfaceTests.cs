using Aspire.Hosting;

namespace AspireChat.Tests.Hosting;

public sealed class SurfaceTests
{
    private const string List = "AspireSurface.txt";

    [Fact]
    public void The_stand_in_offers_nothing_that_Aspire_lacks()
    {
        var aspire = Read();

        var own = PublicSurface.Of(typeof(DistributedApplication).Assembly).Where(line => !aspire.Contains(line)).ToList();

        Assert.True(own.Count == 0, $"Not in {List}, so not Aspire's: make it internal, or, where Aspire has it, add it to the list.\n{string.Join('\n', own)}");
    }

    [Fact]
    public void The_stand_in_offers_all_that_it_is_meant_to()
    {
        var offered = PublicSurface.Of(typeof(DistributedApplication).Assembly).ToHashSet();

        var missing = Read().Where(line => !offered.Contains(line)).ToList();

        Assert.True(missing.Count == 0, $"In {List}, but not in the stand-in:\n{string.Join('\n', missing)}");
    }

    [Fact]
    public void The_stand_in_offers_nothing_outside_of_Aspires_namespaces()
    {
        var others = typeof(DistributedApplication).Assembly.GetExportedTypes().Where(type => type.Namespace?.StartsWith("Aspire.Hosting", StringComparison.Ordinal) != true);

        Assert.Empty(others);
    }

    private static HashSet<string> Read()
    {
        using var stream = typeof(SurfaceTests).Assembly.GetManifestResourceStream(List)!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith('#'))];
    }
}
