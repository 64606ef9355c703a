namespace LocalAspire.Dashboard.Options;

/// <summary>How an entrance of the dashboard is guarded.</summary>
internal enum AuthMode
{
    /// <summary>Not at all: for a machine whose other users and programs are trusted.</summary>
    Unsecured,

    /// <summary>A browser logs in once with the token that the app host printed.</summary>
    BrowserToken,

    /// <summary>Each request carries a key.</summary>
    ApiKey,
}
