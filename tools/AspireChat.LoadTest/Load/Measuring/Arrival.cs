namespace AspireChat.LoadTest.Load.Measuring;

/// <summary>How a message came to a receiver.</summary>
internal enum Arrival
{
    InOrder,

    /// <summary>After one that its publisher had sent later.</summary>
    OutOfOrder,

    /// <summary>It has come before.</summary>
    Repeated,

    /// <summary>It was given up as lost when its step ended, and came after all.</summary>
    Late,
}
