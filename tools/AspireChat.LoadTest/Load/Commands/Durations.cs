using System.CommandLine.Parsing;
using System.Globalization;

namespace AspireChat.LoadTest.Load.Commands;

/// <summary>Reads <c>200ms</c>, <c>1.5s</c> and <c>2m</c>.</summary>
internal static class Durations
{
    private static readonly (string Unit, TimeSpan Length)[] Units =
        [("ms", TimeSpan.FromMilliseconds(1)), ("us", TimeSpan.FromMicroseconds(1)), ("s", TimeSpan.FromSeconds(1)), ("m", TimeSpan.FromMinutes(1))];

    public static TimeSpan Parse(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        foreach (var (unit, length) in Units)
        {
            if (text.EndsWith(unit, StringComparison.Ordinal)
                && double.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                && number * length.TotalDays < 365)
            {
                return number * length;
            }
        }

        argument.AddError($"'{text}' is no duration. Write it with its unit, such as 200ms, 1.5s or 2m.");
        return default;
    }

    public static TimeSpan? ParseOptional(ArgumentResult argument) => Parse(argument);
}
