using AspireChat.LoadTest.Load.Reports;

namespace AspireChat.LoadTest.Load.Progress;

/// <summary>Shows a run while it runs.</summary>
internal interface ILoadView
{
    /// <summary>Connections are being opened.</summary>
    void Opening(int ready, int all);

    void Begin(string step, TimeSpan duration);

    void Tick(LiveFigures figures);

    void End(StepReport step);
}
