namespace AspireChat.ScaleModel.Costs;

/// <summary>What was measured and needs no fit. Bytes, where nothing else is said.</summary>
internal static class Figures
{
    private const double KiB = 1024;

    /// <summary>A message to one instance, beside its text: the instances' table in <c>Measured</c>.</summary>
    public static double CopyOverhead(Mode mode) => mode == Mode.Stream ? 228 : 188;

    /// <summary>The answer to the instance that has published.</summary>
    public static double AnswerBytes(Mode mode) => mode == Mode.Stream ? 50 : 4;

    /// <summary>A message's frame to a client, beside its text.</summary>
    public static double FrameOverhead => 190;

    /// <summary>Headers of Ethernet, IP and TCP for a frame that goes alone. Frames that are joined share them; the model does not count on it.</summary>
    public static double PacketOverhead => 78;

    /// <summary>Resident memory of an instance without a connection.</summary>
    public static double InstanceBase => 100 * KiB * KiB;

    /// <summary>Resident memory for an idle connection: docs/performance.md, "What a quiet connection holds".</summary>
    public static double Connection(Mode mode, Transport transport) => KiB * ((transport, mode) switch
    {
        (Transport.Kestrel, Mode.PubSub) => 14.2,
        (Transport.Kestrel, _) => 15.0,
        (_, Mode.PubSub) => 7.7,
        _ => 8.5,
    });

    /// <summary>What the kernel holds for an idle TCP socket: growth of its slabs over 18,000 sockets.</summary>
    public static double Socket => 3.7 * KiB;

    /// <summary>
    /// An instance's newest messages of a room, encoded: those of the last 15 to 30 s, at most 256 and 256 KiB (<c>Rooms/RoomTail</c>). In <c>stream</c> alone.
    /// </summary>
    public static double Tail(Mode mode, double rate, int textBytes) =>
        mode == Mode.Stream ? Math.Min(256 * KiB, Math.Min(256, 30 * rate) * (FrameOverhead + textBytes + ObjectOverhead)) : 0;

    private static double ObjectOverhead => 64;
}
