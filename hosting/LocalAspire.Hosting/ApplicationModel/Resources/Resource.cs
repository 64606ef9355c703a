using System.Diagnostics;
using LocalAspire.Building;

namespace Aspire.Hosting.ApplicationModel;

/// <inheritdoc cref="IResource"/>
[DebuggerDisplay("{GetType().Name,nq} {Name,nq}")]
public abstract class Resource : IResource
{
    protected Resource(string name)
    {
        ModelName.Check("resource", name);
        Name = name;
    }

    public virtual string Name { get; }

    public virtual ResourceAnnotationCollection Annotations { get; } = [];
}
