using System.Text.RegularExpressions;
using Aspire.Hosting;

namespace LocalAspire.Building;

/// <summary>The names of resources and endpoints become parts of variables and addresses, so they are kept plain. Case does not tell them apart.</summary>
internal static partial class ModelName
{
    public static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    /// <exception cref="DistributedApplicationException">The name breaks the rule.</exception>
    public static void Check(string kind, string name)
    {
        if (!Rule().IsMatch(name))
            throw new DistributedApplicationException($"The {kind} name '{name}' is not valid: use 1 to 64 ASCII letters, digits and single hyphens, starting with a letter and not ending with a hyphen.");
    }

    [GeneratedRegex("^(?=.{1,64}$)[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex Rule();
}
