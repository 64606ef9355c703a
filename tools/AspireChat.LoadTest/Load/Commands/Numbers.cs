using System.CommandLine.Parsing;
using System.Globalization;

namespace AspireChat.LoadTest.Load.Commands;

/// <summary>Reads <c>10,50,100</c>.</summary>
internal static class Numbers
{
    public static double[] Parse(ArgumentResult argument)
    {
        var numbers = new List<double>();
        foreach (var part in argument.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            if (double.TryParse(part, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
                numbers.Add(number);
            else
                argument.AddError($"'{part}' is no number. Write numbers with commas between them, such as 10,50,100.");
        }

        return [.. numbers];
    }

    public static int[] ParseWhole(ArgumentResult argument) => [.. Parse(argument).Select(number => (int)Math.Min(number, int.MaxValue))];
}
