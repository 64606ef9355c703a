namespace AspireChat.LoadTest.Faults.Reports;

internal static class FaultPage
{
    public static string Of(FaultReport report) => "";
}
