using System.Collections.ObjectModel;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace LocalAspire.Building;

/// <summary>The resources of an app, no two of the same name.</summary>
internal sealed class ResourceCollection : Collection<IResource>, IResourceCollection
{
    protected override void InsertItem(int index, IResource item)
    {
        if (this.FirstOrDefault(resource => ModelName.Same(resource.Name, item.Name)) is { } former)
            throw new DistributedApplicationException($"The resource '{item.Name}' cannot be added: there is one named '{former.Name}' already, and names must be unique whatever their case. Rename one of them.");

        base.InsertItem(index, item);
    }
}
