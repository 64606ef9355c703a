namespace LocalAspire.Dashboard.Charts;

/// <summary>Writes units of the UCUM kind as people do: <c>By</c> as bytes, <c>{message}</c> as message.</summary>
internal static class MetricUnit
{
    public static string Of(string unit) => unit switch
    {
        "" or "1" => "",
        "By" => "bytes",
        "KiBy" => "KiB",
        "MiBy" => "MiB",
        ['{', .. var inner, '}'] => inner,
        _ => unit,
    };
}
