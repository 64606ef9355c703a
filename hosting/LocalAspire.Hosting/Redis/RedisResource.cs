namespace Aspire.Hosting.ApplicationModel;

/// <summary>A Redis: in the stand-in a plain process, or one that runs elsewhere.</summary>
public class RedisResource : ContainerResource, IResourceWithConnectionString
{
    internal const string PrimaryEndpointName = "tcp";

    internal RedisResource(string name, ParameterResource password, Func<string?> elsewhere) : base(name)
    {
        PrimaryEndpoint = new EndpointReference(this, PrimaryEndpointName);
        PasswordParameter = password;
        ConnectionStringExpression = new("{0}", new RedisConnectionString(this, elsewhere));
    }

    public EndpointReference PrimaryEndpoint { get; }

    public ParameterResource? PasswordParameter { get; }

    /// <summary><c>host:port,password=…</c>; or the one that was given, where the Redis runs elsewhere.</summary>
    public ReferenceExpression ConnectionStringExpression { get; }
}
