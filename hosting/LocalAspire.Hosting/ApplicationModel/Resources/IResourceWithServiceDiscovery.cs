using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>A resource whose addresses are handed to those that refer to it, as <c>services__name__scheme__index</c>.</summary>
public interface IResourceWithServiceDiscovery : IResourceWithEndpoints;
