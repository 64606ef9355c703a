using AspireChat.LoadTest.Load.Reports;

namespace AspireChat.LoadTest.Load.Progress;

/// <summary>Shows nothing.</summary>
internal sealed class QuietView : ILoadView
{
    public void Opening(int ready, int all)
    {
    }

    public void Begin(string step, TimeSpan duration)
    {
    }

    public void Tick(LiveFigures figures)
    {
    }

    public void End(StepReport step)
    {
    }
}
