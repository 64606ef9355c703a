namespace AspireChat.CostGuard;

/// <summary>Why the guard cannot measure: a sentence with what to do.</summary>
internal sealed class CannotRunException(string message) : Exception(message);
