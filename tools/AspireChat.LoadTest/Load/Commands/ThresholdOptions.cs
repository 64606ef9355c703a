using System.CommandLine;

namespace AspireChat.LoadTest.Load.Commands;

/// <summary>The options that decide the exit code.</summary>
internal sealed class ThresholdOptions
{
    private readonly Option<TimeSpan> _maxP99 = new("--max-p99") { Description = "The p99 latency may be so much.", CustomParser = Durations.Parse, DefaultValueFactory = _ => TimeSpan.FromMilliseconds(500) };
    private readonly Option<long> _maxLost = new("--max-lost") { Description = "So many deliveries may be lost, in any step." };
    private readonly Option<long> _maxRepeated = new("--max-repeated") { Description = "So many may be repeated." };
    private readonly Option<long> _maxOutOfOrder = new("--max-out-of-order") { Description = "So many may come out of order." };
    private readonly Option<double?> _minRate = new("--min-rate") { Description = "Messages a second that must be sustained; higher steps may break. Default: every step." };
    private readonly Option<TimeSpan?> _maxReturn = new("--max-return") { Description = "Within so long every connection must be in its room, after a storm too.", CustomParser = Durations.ParseOptional };

    public static ThresholdOptions AddTo(Command command)
    {
        var options = new ThresholdOptions();
        foreach (var option in (Option[])[options._maxP99, options._maxLost, options._maxRepeated, options._maxOutOfOrder, options._minRate, options._maxReturn])
            command.Add(option);

        return options;
    }

    public Thresholds ThresholdsOf(ParseResult parsed) => new()
    {
        MaxP99 = parsed.GetValue(_maxP99),
        MaxLost = parsed.GetValue(_maxLost),
        MaxRepeated = parsed.GetValue(_maxRepeated),
        MaxOutOfOrder = parsed.GetValue(_maxOutOfOrder),
        MinRate = parsed.GetValue(_minRate),
        MaxReturn = parsed.GetValue(_maxReturn),
    };
}
