namespace LocalAspire.Processes;

/// <summary>What children do not take over from the app host: it is about the app host alone.</summary>
internal static class InheritedEnvironment
{
    private static readonly string[] OwnVariables = ["ASPNETCORE_URLS", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "DOTNET_LAUNCH_PROFILE"];

    public static void Restrict(IDictionary<string, string?> variables)
    {
        foreach (var name in OwnVariables)
            variables.Remove(name);
    }
}
