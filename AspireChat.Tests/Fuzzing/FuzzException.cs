namespace AspireChat.Tests.Fuzzing;

/// <summary>An input made something untrue that has to hold whatever the input.</summary>
internal sealed class FuzzException(string message, Exception? inner = null) : Exception(message, inner);
