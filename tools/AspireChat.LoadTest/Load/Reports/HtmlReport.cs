namespace AspireChat.LoadTest.Load.Reports;

internal static class HtmlReport
{
    public static string Of(LoadReport report) => report.Scenario;
}
