using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace LocalAspire.Orchestration;

/// <summary>Works out the environment variables of a resource that is about to start.</summary>
internal static class StartingEnvironment
{
    public static async Task<Dictionary<string, string>> OfAsync(
        IResource resource, DistributedApplicationExecutionContext executionContext, ILogger logger, CancellationToken cancellationToken)
    {
        var context = new EnvironmentCallbackContext(executionContext, resource, cancellationToken: cancellationToken) { Logger = logger };
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>().Where(endpoint => endpoint.PortVariable is not null))
            context.EnvironmentVariables[endpoint.PortVariable!] = endpoint.AllocatedPort!.Value.ToString(CultureInfo.InvariantCulture);
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
            annotation.Callback(context);

        var variables = new Dictionary<string, string>();
        foreach (var (name, value) in context.EnvironmentVariables)
        {
            // A reference that is optional may have no value, and then is left out.
            if (await TextOfAsync(value, cancellationToken) is { } text)
                variables[name] = text;
        }

        return variables;
    }

    private static async ValueTask<string?> TextOfAsync(object value, CancellationToken cancellationToken) => value switch
    {
        IValueProvider provider => await provider.GetValueAsync(cancellationToken),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
