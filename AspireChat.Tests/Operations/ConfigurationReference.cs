using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text;
using AspireChat.Tests.Deploy;

namespace AspireChat.Tests.Operations;

/// <summary>The tables of docs/operations.md, made of the options classes: their names, types, defaults, bounds and comments.</summary>
internal static class ConfigurationReference
{
    public static string Of(ProgramSettings settings)
    {
        var text = new StringBuilder();
        DocumentedMembers? documented = null;
        foreach (var (section, type) in settings.Options)
        {
            documented ??= new DocumentedMembers(type.Assembly);
            text.Append(CultureInfo.InvariantCulture, $"**`{section}`**: {documented.SummaryOf(type)}\n\n| Variable | Type | Default | Bounds | |\n|---|---|---|---|---|\n");
            var options = Activator.CreateInstance(type)!;
            foreach (var property in ProgramSettings.SettableOf(type))
            {
                text.Append(CultureInfo.InvariantCulture,
                    $"| `{ProgramSettings.VariableOf(section, property)}` | {TypeOf(property)} | {DefaultOf(property, options)} | {BoundsOf(property)} | {documented.SummaryOf(property)} |\n");
            }

            text.Append('\n');
        }

        return text.ToString().Trim();
    }

    private static string TypeOf(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return type switch
        {
            _ when type == typeof(bool) => "true or false",
            _ when type == typeof(int) => "whole number",
            _ when type == typeof(double) => "number",
            _ when type == typeof(TimeSpan) => "time",
            _ when type == typeof(Uri) => "address",
            { IsEnum: true } => "one of",
            _ when type == typeof(string) => "text",
            _ when typeof(IEnumerable).IsAssignableFrom(type) => "texts, by number",
            _ => throw new InvalidOperationException($"{property.DeclaringType!.Name}.{property.Name} is of a type that the reference has no word for; give it one."),
        };
    }

    private static string DefaultOf(PropertyInfo property, object options) => property.GetValue(options) switch
    {
        null => "not set",
        string text when text == Environment.MachineName => "the machine's name",
        "" => "empty",
        bool value => value ? "`true`" : "`false`",
        TimeSpan time => $"`{time:c}`",
        IFormattable number => $"`{number.ToString(null, CultureInfo.InvariantCulture)}`",
        string text => $"`{text}`",
        IEnumerable => "none",
        var other => $"`{other}`",
    };

    private static string BoundsOf(PropertyInfo property)
    {
        if ((Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) is { IsEnum: true } type)
            return string.Join(", ", Enum.GetNames(type).Select(name => $"`{name}`"));
        return property.GetCustomAttribute<RangeAttribute>() is { } range ? $"{Text(range.Minimum)} to {Text(range.Maximum)}" : "";
    }

    private static string Text(object bound) => string.Create(CultureInfo.InvariantCulture, $"{bound}");
}
