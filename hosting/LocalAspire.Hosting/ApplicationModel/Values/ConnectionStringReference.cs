namespace Aspire.Hosting.ApplicationModel;

/// <summary>A connection string, and whether it may be missing.</summary>
internal sealed class ConnectionStringReference(IResourceWithConnectionString resource, bool optional) : IValueProvider
{
    public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return await resource.GetConnectionStringAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (MissingParameterValueException) when (optional)
        {
            return null;
        }
    }
}
