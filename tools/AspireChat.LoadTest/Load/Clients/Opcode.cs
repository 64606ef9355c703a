namespace AspireChat.LoadTest.Load.Clients;

/// <summary>RFC 6455's kinds of frames.</summary>
internal static class Opcode
{
    public const byte Continuation = 0;
    public const byte Text = 1;
    public const byte Close = 8;
    public const byte Ping = 9;
    public const byte Pong = 10;
}
