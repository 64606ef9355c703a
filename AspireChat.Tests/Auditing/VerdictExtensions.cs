using AspireChat.LoadTest.Auditing.Checking;

namespace AspireChat.Tests.Auditing;

/// <summary>What is expected of a verdict that found one promise broken.</summary>
internal static class VerdictExtensions
{
    public static void Expect(this Verdict verdict, ViolationKind kind, string description)
    {
        Assert.Equal(description, verdict.Single(kind));
        Assert.False(verdict.HoldsPromises);
        Assert.Contains($"BROKEN: 1 {kind}.", Assert.Throws<AuditFailedException>(verdict.AssertClean).Message, StringComparison.Ordinal);
    }

    public static string Single(this Verdict verdict, ViolationKind kind)
    {
        var violation = Assert.Single(verdict.Violations);
        Assert.Equal(kind, violation.Kind);
        return violation.Description;
    }
}
