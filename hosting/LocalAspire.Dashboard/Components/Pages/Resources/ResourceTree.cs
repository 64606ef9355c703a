using LocalAspire.Dashboard.Resources;

namespace LocalAspire.Dashboard.Components.Pages.Resources;

/// <summary>A line of the resources' list.</summary>
public sealed record ResourceLine(AppResource Resource, int Depth, bool HasChildren, bool IsFolded);

/// <summary>Puts resources under their parents.</summary>
public static class ResourceTree
{
    public static List<ResourceLine> Lines(IReadOnlyCollection<AppResource> resources, IReadOnlySet<string> folded)
    {
        var names = resources.Select(resource => resource.Name).ToHashSet();
        var byParent = resources.ToLookup(resource => resource.Parent is { } parent && parent != resource.Name && names.Contains(parent) ? parent : "");
        var lines = new List<ResourceLine>();
        Add("", 0);
        return lines;

        void Add(string parent, int depth)
        {
            foreach (var resource in byParent[parent])
            {
                var isFolded = folded.Contains(resource.Name);
                lines.Add(new ResourceLine(resource, depth, byParent[resource.Name].Any(), isFolded));
                if (!isFolded && depth < 8) Add(resource.Name, depth + 1);
            }
        }
    }
}
