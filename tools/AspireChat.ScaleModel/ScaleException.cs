namespace AspireChat.ScaleModel;

/// <summary>What was asked for makes no sense: a sentence that says what does.</summary>
internal sealed class ScaleException(string message) : Exception(message)
{
    public static void Require(bool holds, string option, string rule)
    {
        if (!holds)
            throw new ScaleException($"'--{option}' {rule}.");
    }
}
