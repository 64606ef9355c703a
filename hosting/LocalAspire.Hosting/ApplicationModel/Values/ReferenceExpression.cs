using System.Globalization;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A text with values in it that are known only once the app runs.</summary>
public class ReferenceExpression : IValueProvider
{
    private readonly string _format;
    private readonly IValueProvider[] _values;

    internal ReferenceExpression(string format, params IValueProvider[] values)
    {
        _format = format;
        _values = values;
    }

    public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken)
    {
        var values = new object?[_values.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = await _values[i].GetValueAsync(cancellationToken).ConfigureAwait(false);

        return string.Format(CultureInfo.InvariantCulture, _format, values);
    }
}
