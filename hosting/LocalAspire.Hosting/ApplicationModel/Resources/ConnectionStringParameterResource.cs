namespace Aspire.Hosting.ApplicationModel;

/// <summary>Something that runs elsewhere, known by its connection string.</summary>
internal sealed class ConnectionStringParameterResource(string name, Func<string> valueGetter, string? environmentVariableName)
    : ParameterResource(name, valueGetter, secret: true), IResourceWithConnectionString, IResourceWithWaitSupport
{
    public string? ConnectionStringEnvironmentVariable => environmentVariableName;

    public ReferenceExpression ConnectionStringExpression => new("{0}", this);

    ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken) => GetValueAsync(cancellationToken);
}
