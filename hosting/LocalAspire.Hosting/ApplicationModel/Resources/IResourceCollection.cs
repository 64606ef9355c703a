namespace Aspire.Hosting.ApplicationModel;

/// <summary>The resources of an app.</summary>
public interface IResourceCollection : IList<IResource>;
