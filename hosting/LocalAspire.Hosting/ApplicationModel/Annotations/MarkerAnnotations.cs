namespace Aspire.Hosting.ApplicationModel;

/// <summary>The resource starts when somebody says so, not with the app.</summary>
internal sealed class ExplicitStartupAnnotation : IResourceAnnotation;

/// <summary>The resource is no part of what is deployed. The stand-in deploys nothing: noted for those who look.</summary>
internal sealed class ExcludeFromManifestAnnotation : IResourceAnnotation;
