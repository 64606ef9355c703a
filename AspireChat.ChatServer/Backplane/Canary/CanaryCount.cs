namespace AspireChat.ChatServer.Backplane.Canary;

/// <summary>Counts the intervals in which the canary was not heard. After one, what is subscribed is subscribed anew; after two, the instance is unready.</summary>
/// <remarks>Written by one thread; <see cref="Trouble"/> may be read by any.</remarks>
internal sealed class CanaryCount
{
    /// <summary>After so many unheard intervals the instance counts as deaf.</summary>
    public const int Most = 2;

    /// <summary>While it stays deaf, the connection is made anew once in so many intervals: the beat that is said meanwhile may miss both the old and the new one.</summary>
    private const int Again = 2;

    private volatile string? _trouble;

    /// <summary>What is not heard, once the instance counts as deaf; null while all is well.</summary>
    public string? Trouble => _trouble;

    public int Unheard { get; private set; }

    /// <param name="own">Whether the own beat came back; null where it could not be told.</param>
    /// <param name="others">Whether any of the others is heard; null where that cannot be told.</param>
    /// <param name="alone">Whether there are no others.</param>
    public CanaryVerdict Judge(bool? own, bool? others, bool alone)
    {
        if (own != false && others != false)
        {
            // Heard is only who hears all that he could: an interval that proves nothing changes nothing.
            if (own is null || (others is null && !alone))
                return CanaryVerdict.Wait;

            var healed = _trouble is not null;
            (_trouble, Unheard) = (null, 0);
            return healed ? CanaryVerdict.Healed : CanaryVerdict.Wait;
        }

        Unheard++;
        if (Unheard >= Most)
            _trouble = own == false ? "what this instance says in a room does not come back to it" : "none of the other instances is heard, though they speak";
        return Unheard % Again == 1 ? CanaryVerdict.Rebuild : CanaryVerdict.Wait;
    }

    /// <summary>Begins anew, in another mode.</summary>
    public void Reset() => (_trouble, Unheard) = (null, 0);
}
