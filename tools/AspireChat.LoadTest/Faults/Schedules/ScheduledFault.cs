using AspireChat.LoadTest.Faults.Kinds;

namespace AspireChat.LoadTest.Faults.Schedules;

/// <param name="At">When it is due, since clients began to send. It comes later if the one before is not over.</param>
/// <param name="Fault">What happens.</param>
/// <param name="Draw">Decides whom it meets, and how hard.</param>
internal sealed record ScheduledFault(TimeSpan At, IFault Fault, int Draw);
