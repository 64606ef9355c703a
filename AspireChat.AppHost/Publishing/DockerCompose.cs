internal static partial class PublishEnvironment
{
    static partial void Add(IDistributedApplicationBuilder builder) => builder.AddDockerComposeEnvironment("compose");
}
