namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource that is started with environment variables.</summary>
public interface IResourceWithEnvironment : IResource;

/// <summary>A resource that is started with arguments.</summary>
public interface IResourceWithArgs : IResource;

/// <summary>A resource that listens on ports.</summary>
public interface IResourceWithEndpoints : IResource;

/// <summary>A resource whose start can wait for others.</summary>
public interface IResourceWithWaitSupport : IResource;
