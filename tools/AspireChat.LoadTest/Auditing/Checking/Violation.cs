namespace AspireChat.LoadTest.Auditing.Checking;

/// <summary>One violation.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="AtSeconds">When in the run it showed.</param>
/// <param name="Description">Who saw what, in words.</param>
internal sealed record Violation(ViolationKind Kind, double AtSeconds, string Description)
{
    public override string ToString() => $"{Kind} at {AtSeconds:0.000} s: {Description}";
}
