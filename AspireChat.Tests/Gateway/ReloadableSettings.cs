using Microsoft.Extensions.Configuration;

namespace AspireChat.Tests.Gateway;

/// <summary>Configuration that changes while the app runs.</summary>
internal sealed class ReloadableSettings((string Key, string? Value)[] settings) : ConfigurationProvider, IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    public override void Load() =>
        Data = settings.ToDictionary(setting => setting.Key, setting => setting.Value, StringComparer.OrdinalIgnoreCase);

    public void Replace((string Key, string? Value)[] changed)
    {
        Data = changed.ToDictionary(setting => setting.Key, setting => setting.Value, StringComparer.OrdinalIgnoreCase);
        OnReload();
    }
}
