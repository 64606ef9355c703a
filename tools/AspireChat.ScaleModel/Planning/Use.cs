namespace AspireChat.ScaleModel.Planning;

/// <summary>How much of something one machine uses.</summary>
/// <param name="Of">What: a resource in words.</param>
/// <param name="Amount">In <paramref name="Unit"/>.</param>
/// <param name="Allowed">What may be used of it, in the same.</param>
/// <param name="Unit">Such as <c>cores</c>.</param>
internal sealed record Use(string Of, double Amount, double Allowed, string Unit)
{
    /// <summary>1 where nothing more goes.</summary>
    public double Share => Amount / Allowed;

    public bool Fits => Share <= 1;
}
