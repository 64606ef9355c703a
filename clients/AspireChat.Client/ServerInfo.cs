namespace AspireChat.Client;

/// <summary>The server at the other end of a connection, as it introduced itself.</summary>
/// <param name="Instance">The instance's name.</param>
/// <param name="Connection">The instance's name for this connection.</param>
/// <param name="Backplane">The mode at the time of connecting.</param>
/// <param name="PingInterval">How often the server pings; after twice that time of silence this client takes a connection for dead. Zero: never.</param>
/// <param name="Limits">What the server accepts.</param>
public sealed record ServerInfo(string Instance, string Connection, BackplaneMode Backplane, TimeSpan PingInterval, ServerLimits Limits);

/// <summary>What a server accepts from one connection.</summary>
/// <param name="FrameBytes">The largest frame, in bytes.</param>
/// <param name="TextChars">The longest text of a message, in UTF-16 units.</param>
/// <param name="SendsPerSecond">Sends a second, with bursts above; 0 is no limit.</param>
public sealed record ServerLimits(int FrameBytes, int TextChars, double SendsPerSecond);
