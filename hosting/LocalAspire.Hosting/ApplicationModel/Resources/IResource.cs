namespace Aspire.Hosting.ApplicationModel;

/// <summary>A part of the app: inert data, a name and annotations. What is done with it is written elsewhere.</summary>
public interface IResource
{
    string Name { get; }

    ResourceAnnotationCollection Annotations { get; }
}
