using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Where a project is; the build makes a class of it for each project that the app host refers to.</summary>
public interface IProjectMetadata : IResourceAnnotation
{
    string ProjectPath { get; }
}
