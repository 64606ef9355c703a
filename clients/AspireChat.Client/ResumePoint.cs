namespace AspireChat.Client;

/// <summary>Where to go on in a room: the last message taken. Store it to resume after the process has ended.</summary>
/// <param name="Epoch">The epoch of its position.</param>
/// <param name="Offset">The offset of its position; 0 for the place before the first message.</param>
/// <param name="Id">The message's id, if known: the server then makes sure that the same message is still there.</param>
/// <param name="Name">The message's sender, if known.</param>
public sealed record ResumePoint(string Epoch, long Offset, string? Id = null, string? Name = null);
