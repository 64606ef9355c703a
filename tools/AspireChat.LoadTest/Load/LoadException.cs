namespace AspireChat.LoadTest.Load;

/// <summary>Why a run cannot be made, or not go on: a sentence for the person who started it, with what to do.</summary>
internal sealed class LoadException : Exception
{
    public LoadException(string message)
        : base(message)
    {
    }

    public LoadException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
