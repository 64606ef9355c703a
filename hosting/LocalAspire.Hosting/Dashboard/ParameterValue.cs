using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace LocalAspire.Dashboard;

/// <summary>Looks a parameter's value up for those who only look.</summary>
internal static class ParameterValue
{
    /// <summary>Null where nobody gave one: that is for the resource to report that needs it.</summary>
    public static string? Of(ParameterResource parameter)
    {
        try
        {
            return parameter.Value;
        }
        catch (MissingParameterValueException)
        {
            return null;
        }
    }
}
