using System.Globalization;
using System.Net;
using System.Text;

namespace AspireChat.LoadTest.Load.Reports.Html;

/// <summary>What all reports are that are one page: no script, and nothing that is fetched from anywhere.</summary>
internal static class HtmlPage
{
    public static StringBuilder Begin(string title, string verdict, bool isGood, string facts) => new StringBuilder().Append(CultureInfo.InvariantCulture, $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
        <link rel="icon" href="data:,">
        <title>{Escape(title)}: {verdict.ToLowerInvariant()}</title>
        <style>
        {Style()}
        </style>
        </head>
        <body>
        <main>
        <header>
        <div class="head"><h1>{Escape(title)}</h1><span class="verdict{(isGood ? "" : " verdict--bad")}">{verdict}</span></div>
        <p class="facts">{Escape(facts)}</p>
        </header>

        """);

    public static string End(StringBuilder page, string footer) => page.Append(CultureInfo.InvariantCulture, $"""
        <footer>{footer}</footer>
        </main>
        </body>
        </html>

        """).ToString();

    public static void AddSays(StringBuilder page, IReadOnlyCollection<string> failures, IReadOnlyCollection<string> notes)
    {
        if (failures.Count + notes.Count == 0)
            return;

        page.Append("<ul class=\"says\">\n");
        foreach (var failure in failures)
            page.Append(CultureInfo.InvariantCulture, $"<li>{Escape(failure)}</li>\n");

        foreach (var note in notes)
            page.Append(CultureInfo.InvariantCulture, $"<li class=\"note\">{Escape(note)}</li>\n");

        page.Append("</ul>\n");
    }

    public static void AddSettings(StringBuilder page, IReadOnlyDictionary<string, string> settings)
    {
        page.Append("<section class=\"card card--wide\"><h2>Asked for</h2><dl>\n");
        foreach (var (name, value) in settings.Where(setting => setting.Value.Length > 0))
            page.Append(CultureInfo.InvariantCulture, $"<div><dt>{Escape(name)}</dt><dd>{Escape(value)}</dd></div>\n");

        page.Append("</dl></section>\n");
    }

    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    private static string Style()
    {
        using var reader = new StreamReader(typeof(HtmlPage).Assembly.GetManifestResourceStream("report.css")!);
        return reader.ReadToEnd();
    }
}
