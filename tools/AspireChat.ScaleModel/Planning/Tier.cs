namespace AspireChat.ScaleModel.Planning;

/// <summary>Machines of one kind.</summary>
/// <param name="Kind">Such as <c>chat instances</c>.</param>
/// <param name="Count">How many there are to be; null where no number is enough.</param>
/// <param name="Uses">What each uses when the spare ones are lost, the scarcest first.</param>
internal sealed record Tier(string Kind, int? Count, IReadOnlyList<Use> Uses)
{
    /// <summary>What decides how many it takes.</summary>
    public Use First => Uses[0];
}
