namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that is known only once the app runs: an address, a password.</summary>
public interface IValueProvider
{
    ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default);
}
