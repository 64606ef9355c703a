using LocalAspire.Dashboard.Resources;

namespace LocalAspire.Dashboard.Components.Pages.Resources;

/// <summary>A resource's place in the graph, in pixels from the top left.</summary>
public sealed record GraphNode(AppResource Resource, double X, double Y);

/// <summary>An arrow from a resource to one that it uses.</summary>
public sealed record GraphEdge(GraphNode From, GraphNode To, bool WaitsOnly);

/// <summary>
/// Columns from those that nobody uses, on the left, to those that use nothing. The picture stays the same from run to run
/// and says by itself which way requests go.
/// </summary>
public sealed class GraphLayout
{
    public const int NodeWidth = 196, NodeHeight = 76;

    private const int ColumnGap = 110, RowGap = 26, Margin = 24;

    public GraphLayout(IReadOnlyList<AppResource> resources)
    {
        var byName = new Dictionary<string, AppResource>();
        foreach (var resource in resources)
        {
            byName.TryAdd(resource.Name, resource);
            byName.TryAdd(resource.DisplayName, resource);
        }

        var uses = resources.ToDictionary(resource => resource, resource => resource.Relations
            .Where(relation => relation.Type is ResourceRelation.Reference or ResourceRelation.WaitFor && byName.TryGetValue(relation.ResourceName, out var to) && to != resource)
            .GroupBy(relation => byName[relation.ResourceName])
            .ToDictionary(group => group.Key, group => group.All(relation => relation.Type == ResourceRelation.WaitFor)));

        var columns = Columns(resources, uses);
        var height = columns.Count == 0 ? 0 : columns.Max(column => column.Count * (NodeHeight + RowGap) - RowGap);
        var nodes = new Dictionary<AppResource, GraphNode>();
        for (var x = 0; x < columns.Count; x++)
        {
            var top = Margin + (height - (columns[x].Count * (NodeHeight + RowGap) - RowGap)) / 2.0;
            for (var y = 0; y < columns[x].Count; y++)
                nodes.Add(columns[x][y], new GraphNode(columns[x][y], Margin + x * (NodeWidth + ColumnGap), top + y * (NodeHeight + RowGap)));
        }

        Nodes = [.. nodes.Values];
        Edges = [.. uses.SelectMany(from => from.Value.Select(to => new GraphEdge(nodes[from.Key], nodes[to.Key], to.Value)))];
        Width = 2 * Margin + Math.Max(0, columns.Count * (NodeWidth + ColumnGap) - ColumnGap);
        Height = 2 * Margin + height;
    }

    public IReadOnlyList<GraphNode> Nodes { get; }

    public IReadOnlyList<GraphEdge> Edges { get; }

    public double Width { get; }

    public double Height { get; }

    private static List<List<AppResource>> Columns(IReadOnlyList<AppResource> resources, Dictionary<AppResource, Dictionary<AppResource, bool>> uses)
    {
        // The longest way from one that nobody uses. As many rounds as there are resources suffice, and end a ring of waits.
        var column = resources.ToDictionary(resource => resource, _ => 0);
        for (var round = 0; round < resources.Count; round++)
        {
            var moved = false;
            foreach (var (from, targets) in uses)
            {
                foreach (var to in targets.Keys.Where(to => column[to] <= column[from] && column[from] + 1 < resources.Count))
                {
                    column[to] = column[from] + 1;
                    moved = true;
                }
            }

            if (!moved) break;
        }

        return [.. resources.GroupBy(resource => column[resource]).OrderBy(group => group.Key).Select(group => group.OrderBy(one => one.DisplayName, StringComparer.Ordinal).ToList())];
    }
}
