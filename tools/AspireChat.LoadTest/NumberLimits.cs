using System.CommandLine;
using System.Globalization;

namespace AspireChat.LoadTest;

/// <summary>What the number of an option may be. One that is not given is not looked at: its default is the command's own.</summary>
internal static class NumberLimits
{
    public static void AtLeast<T>(Option<T> option, double least) => Within(option, least, double.PositiveInfinity, "or more");

    public static void Between<T>(Option<T> option, double least, double most) => Within(option, least, most, FormattableString.Invariant($"to {most}"));

    private static void Within<T>(Option<T> option, double least, double most, string upTo) => option.Validators.Add(result =>
    {
        // Written so that NaN, which is neither less nor more than anything, is refused.
        if (result.Tokens.Count > 0 && result.GetValueOrDefault<T>() is IConvertible value && Convert.ToDouble(value, CultureInfo.InvariantCulture) is var number && !(number >= least && number <= most))
            result.AddError(FormattableString.Invariant($"'{option.Name}' must be {least} {upTo}."));
    });
}
