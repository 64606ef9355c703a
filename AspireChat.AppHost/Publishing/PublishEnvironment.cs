/// <summary>
/// Where <c>aspire publish</c> writes the app for. Only the genuine packages can publish, so with the stand-in there is no body to this and no call; which of
/// the bodies is compiled is said in the project file. One at a time: of two, each resource would have to choose.
/// </summary>
internal static partial class PublishEnvironment
{
    static partial void Add(IDistributedApplicationBuilder builder);

    public static void AddPublishEnvironment(this IDistributedApplicationBuilder builder) => Add(builder);
}
