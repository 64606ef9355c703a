namespace AspireChat.ChatServer.Backplane.Streams;

/// <summary>One read of a room's stream.</summary>
/// <param name="Number">Counts the room's reads.</param>
/// <param name="Cursor">Read what follows this.</param>
/// <param name="Highest">The high-water mark when the read was asked for, in the cursor's epoch.</param>
/// <param name="Broken">An epoch that is known not to go on; no use in reading it.</param>
internal readonly record struct ReadStep(int Number, StreamHead Cursor, StreamHead Highest, string? Broken);
