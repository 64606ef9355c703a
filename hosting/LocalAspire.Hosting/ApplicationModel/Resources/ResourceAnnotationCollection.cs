using System.Collections.ObjectModel;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Marks what can be noted on a resource.</summary>
public interface IResourceAnnotation;

/// <summary>What is noted on a resource, in the order in which it was.</summary>
public sealed class ResourceAnnotationCollection : Collection<IResourceAnnotation>;
