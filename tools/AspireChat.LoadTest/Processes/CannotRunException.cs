namespace AspireChat.LoadTest.Processes;

/// <summary>Why a tool cannot run here: a sentence with what to do.</summary>
internal sealed class CannotRunException(string message) : Exception(message);
