using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using AspireChat.ChatServer;
using AspireChat.Gateway;
using Microsoft.Extensions.Configuration;

namespace AspireChat.Tests.Deploy;

/// <summary>What a program can be told by its environment: every property of its options classes, and what it reads besides.</summary>
internal sealed class ProgramSettings(Assembly assembly)
{
    public static ProgramSettings Chat { get; } = new(typeof(ChatOptions).Assembly);

    public static ProgramSettings Gateway { get; } = new(typeof(GatewayOptions).Assembly);

    /// <summary>Read by both from no options class, or by the .NET and the OpenTelemetry libraries that they are made of.</summary>
    private static readonly HashSet<string> Common =
    [
        "ASPNETCORE_HTTP_PORTS", "ASPNETCORE_URLS", "AllowedHosts", "DOTNET_EnableDiagnostics", "DOTNET_ENVIRONMENT",
        "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_HEADERS", "OTEL_RESOURCE_ATTRIBUTES", "OTEL_SERVICE_NAME", "Telemetry__TracesPerSecond",
    ];

    /// <summary>Every options class, by its section; one section may have several.</summary>
    public IReadOnlyList<(string Section, Type Type)> Options { get; } =
    [
        .. from type in assembly.GetTypes()
           let section = type.GetField("SectionName", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string
           where section is not null
           orderby section, type.FullName
           select (section, type),
    ];

    /// <summary>Properties that can be set: alone, or, of a list, one by one.</summary>
    public static IEnumerable<PropertyInfo> SettableOf(Type options) =>
        options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite || IsList(property));

    public static string VariableOf(string section, PropertyInfo property) =>
        $"{section.Replace(":", "__", StringComparison.Ordinal)}__{property.Name}{(IsList(property) ? "__0" : "")}";

    public bool Knows(string variable) =>
        Common.Contains(variable)
        || (this == Chat ? variable == "ConnectionStrings__redis" : variable.StartsWith("services__chat-", StringComparison.Ordinal))
        || Options.Any(options => SettableOf(options.Type).Any(property => VariableOf(options.Section, property) == variable));

    /// <summary>Binds the options as the program does, and says what it would say at its start.</summary>
    public IEnumerable<string> ProblemsOf(IEnumerable<KeyValuePair<string, string>> environment)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(environment.Select(variable => KeyValuePair.Create(variable.Key.Replace("__", ":", StringComparison.Ordinal), (string?)variable.Value)))
            .Build();
        foreach (var (section, type) in Options)
        {
            var options = Activator.CreateInstance(type)!;
            configuration.GetSection(section).Bind(options);
            var results = new List<ValidationResult>();
            Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
            foreach (var result in results)
                yield return $"{type.Name}: {result.ErrorMessage}";
        }
    }

    private static bool IsList(PropertyInfo property) => typeof(IList).IsAssignableFrom(property.PropertyType) || property.PropertyType == typeof(IList<string>);
}
