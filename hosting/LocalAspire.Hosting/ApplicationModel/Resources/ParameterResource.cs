namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that whoever runs the app may give.</summary>
public class ParameterResource : Resource, IValueProvider
{
    private readonly Lazy<string> _value;

    internal ParameterResource(string name, Func<string> valueGetter, bool secret) : base(name)
    {
        _value = new Lazy<string>(valueGetter);
        Secret = secret;
    }

    /// <summary>The value is never shown.</summary>
    public bool Secret { get; }

    /// <exception cref="MissingParameterValueException">Nobody gave a value, and there is no default.</exception>
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) => new(Value);

    internal string Value => _value.Value;
}
