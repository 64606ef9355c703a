using System.ComponentModel.DataAnnotations;

namespace AspireChat.Gateway.Lab;

/// <summary>What the lab may do, and where it points to. In Development only; elsewhere there is no lab.</summary>
internal sealed class LabOptions : IValidatableObject
{
    public const string SectionName = "Lab";

    /// <summary>Below that a code could be guessed.</summary>
    private const int LeastCodeLength = 16;

    /// <summary>
    /// Opens one session to whoever presents it first, within <see cref="CodeLifetime"/> of the gateway's start. The app host makes it and
    /// prints it in the lab's address. Not set: the lab is read-only.
    /// </summary>
    public string? Code { get; set; }

    /// <summary>What the gateway adds to the administration requests of a session. Never sent to a browser, printed or logged.</summary>
    public string? AdminKey { get; set; }

    /// <summary>Where the dashboard is, so that the lab can link to a message's trace. Not set: it does not.</summary>
    public Uri? DashboardUrl { get; set; }

    /// <summary>By which a browser logs in there; a session is led on with it. Not set: it is asked for there. Never in an answer but to a session.</summary>
    public string? DashboardToken { get; set; }

    /// <summary>How long the code can be exchanged. Default 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = "Lab:CodeLifetime must be between 00:00:01 and 1.00:00:00.")]
    public TimeSpan CodeLifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a session lasts. Default 12 hours.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00", ErrorMessage = "Lab:SessionLifetime must be between 00:00:01 and 7.00:00:00.")]
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromHours(12);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Code is { Length: < LeastCodeLength })
            yield return new ValidationResult($"Lab:Code has {Code.Length} characters and could be guessed; give it at least {LeastCodeLength} random ones.");

        if (!string.IsNullOrEmpty(Code) && string.IsNullOrEmpty(AdminKey))
            yield return new ValidationResult("Lab:Code is set but Lab:AdminKey is not, so a session could do nothing; set it to the chat servers' Chat:AdminKey.");

        if (DashboardUrl is { } dashboard && (!dashboard.IsAbsoluteUri || dashboard.Scheme is not ("http" or "https")))
            yield return new ValidationResult($"Lab:DashboardUrl is '{dashboard}', which is not an absolute http or https address; write it like http://localhost:15080.");
    }
}
