using System.Globalization;
using System.Net;
using System.Text;

namespace AspireChat.LoadTest.Load.Reports.Charts;

/// <summary>A chart as SVG, drawn where the report is made: the page needs no script.</summary>
internal sealed class LineChart
{
    private const double Height = 260;
    private const double Left = 52;
    private const double Right = 8;
    private const double Top = 18;
    private const double Bottom = 26;
    private const int Colours = 6;

    private readonly StringBuilder _svg = new();

    public required string Title { get; init; }

    /// <summary>In the units of the text: a chart that takes the whole page has twice as many.</summary>
    public double Width { get; init; } = 560;

    public required Scale Across { get; init; }

    public required Scale Up { get; init; }

    public required Func<double, string> AcrossLabel { get; init; }

    public required Func<double, string> UpLabel { get; init; }

    public IReadOnlyList<Band> Bands { get; init; } = [];

    public required IReadOnlyList<Series> Series { get; init; }

    public string Draw()
    {
        _svg.Clear();
        Add($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Escape(Title)}\">");
        DrawBands();
        DrawAxes();
        foreach (var (index, series) in Series.Index())
            Draw(series, $"c{index % Colours}");

        return Add($"</svg>{Legend()}").ToString();
    }

    private void DrawBands()
    {
        foreach (var (index, band) in Bands.Index())
        {
            var (from, to) = (X(band.From), X(band.To));
            if (band.Mark ?? index % 2 == 0)
                Add($"<rect class=\"band{(band.Mark == true ? " band--mark" : "")}\" x=\"{from:0.#}\" y=\"{Top}\" width=\"{Math.Max(to - from, 0):0.#}\" height=\"{Height - Top - Bottom}\"><title>{Escape(band.Name)}</title></rect>");

            // Only where there is room for it.
            if (to - from > band.Name.Length * 6.2)
                Add($"<text x=\"{(from + to) / 2:0.#}\" y=\"12\" text-anchor=\"middle\">{Escape(band.Name)}</text>");
        }
    }

    private void DrawAxes()
    {
        foreach (var tick in Up.Ticks)
        {
            Add($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(tick):0.#}\" y2=\"{Y(tick):0.#}\"/>");
            Add($"<text x=\"{Left - 8}\" y=\"{Y(tick) + 4:0.#}\" text-anchor=\"end\">{Escape(UpLabel(tick))}</text>");
        }

        foreach (var tick in Across.Ticks)
            Add($"<text x=\"{X(tick):0.#}\" y=\"{Height - 6}\" text-anchor=\"middle\">{Escape(AcrossLabel(tick))}</text>");
    }

    private void Draw(Series series, string colour)
    {
        var (path, start) = (new StringBuilder(), double.NaN);
        foreach (var (x, y) in series.Points)
        {
            if (y is not { } value)
            {
                EndLine(series, colour, path, start, x);
                start = double.NaN;
                continue;
            }

            path.Append(CultureInfo.InvariantCulture, $"{(path.Length == 0 ? 'M' : 'L')}{X(x):0.#} {Y(value):0.#}");
            start = double.IsNaN(start) ? x : start;
        }

        EndLine(series, colour, path, start, series.Points is [.., var last] ? last.X : 0);
        foreach (var (x, y) in series.Points.Where(point => series.Dots && point.Y is not null))
            Add($"<circle class=\"dot {colour}\" cx=\"{X(x):0.#}\" cy=\"{Y(y!.Value):0.#}\" r=\"3.5\"><title>{Escape($"{series.Name}, {AcrossLabel(x)}: {UpLabel(y.Value)}")}</title></circle>");
    }

    private void EndLine(Series series, string colour, StringBuilder path, double start, double end)
    {
        if (path.Length == 0)
            return;

        if (series.Filled)
            Add($"<path class=\"area {colour}\" d=\"{path.ToString()}L{X(end):0.#} {Y(0):0.#}L{X(start):0.#} {Y(0):0.#}Z\"/>");

        Add($"<path class=\"line {colour}\" d=\"{path.ToString()}\"/>");
        path.Clear();
    }

    private string Legend() => Series.Count < 2
        ? ""
        : $"<div class=\"legend\">{string.Concat(Series.Index().Select(series => $"<span class=\"c{series.Index % Colours}\"><i></i>{Escape(series.Item.Name)}</span>"))}</div>";

    private double X(double value) => Left + Across.Place(value) * (Width - Left - Right);

    private double Y(double value) => Height - Bottom - Up.Place(value) * (Height - Top - Bottom);

    private StringBuilder Add(FormattableString svg) => _svg.Append(svg.ToString(CultureInfo.InvariantCulture));

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
