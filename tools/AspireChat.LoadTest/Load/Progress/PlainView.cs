using System.Globalization;
using AspireChat.LoadTest.Load.Reports;

namespace AspireChat.LoadTest.Load.Progress;

/// <summary>Lines for where there is no terminal: a log of CI.</summary>
internal sealed class PlainView(TextWriter output) : ILoadView
{
    private int _all;

    public void Opening(int ready, int all)
    {
        // The beginning and the end are enough.
        if (all != _all || ready == all)
            Line($"{ready} of {all} connections are open.");

        _all = all;
    }

    public void Begin(string step, TimeSpan duration) => Line($"{step}: {duration.TotalSeconds:0.#} s …");

    public void Tick(LiveFigures figures)
    {
    }

    public void End(StepReport step) => Line($"{step.Name}: {StepLine.Of(step)}");

    private void Line(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
