namespace AspireChat.CostGuard.Measuring;

/// <summary>What is put under load.</summary>
/// <param name="Servers">How many servers.</param>
/// <param name="Rooms">How many rooms.</param>
/// <param name="Members">How many members each room has, spread over the servers.</param>
/// <param name="TextSize">Bytes of a message's text.</param>
/// <param name="Gateway">Whether clients come through a gateway.</param>
internal sealed record Shape(int Servers = 3, int Rooms = 1, int Members = 300, int TextSize = 128, bool Gateway = false);
