using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace AspireChat.Tests.Gateway;

/// <summary>
/// Makes a socket that of a host which lost its power: the kernel drops all that comes for it before TCP sees it, so that nothing is acknowledged and nobody
/// is told. A packet filter does it, which any user may put on a socket of his own; there is no interface and no namespace that another test could see.
/// </summary>
internal static class DeafSocket
{
    // asm-generic/socket.h and linux/filter.h.
    private const int SocketLevel = 1;
    private const int AttachFilter = 26;
    private const ushort Return = 0x06;

    /// <summary>From now on the other end hears nothing of it.</summary>
    public static void Deafen(this Socket socket)
    {
        // A program of one instruction: keep no byte of any packet.
        using var pinned = new Pinned(new Instruction { Code = Return });
        var program = new byte[2 * IntPtr.Size];
        MemoryMarshal.Write(program, (ushort)1);
        MemoryMarshal.Write(program.AsSpan(IntPtr.Size), pinned.Address);
        socket.SetRawSocketOption(SocketLevel, AttachFilter, program);
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Instruction
    {
        public ushort Code;
        public byte IfTrue;
        public byte IfFalse;
        public uint Value;
    }

    private sealed class Pinned(Instruction instruction) : IDisposable
    {
        private readonly GCHandle _handle = GCHandle.Alloc(instruction, GCHandleType.Pinned);

        public nint Address => _handle.AddrOfPinnedObject();

        public void Dispose() => _handle.Free();
    }
}
