using System.Runtime.InteropServices;
using System.Text;
using AspireChat.LoadTest.Processes;
using Microsoft.Win32.SafeHandles;

namespace AspireChat.LoadTest.Hosts.Network;

/// <summary>The far end of a host's network interface: what the host sends is read here, and what is written here the host gets. IP packets, one a call.</summary>
internal sealed class TunDevice : IDisposable
{
    private const uint AttachTo = 0x400454ca; // TUNSETIFF
    private const short PacketsOfIpAlone = 0x1001; // IFF_TUN | IFF_NO_PI

    private readonly SafeFileHandle _device;

    private TunDevice(SafeFileHandle device) => _device = device;

    public int Handle => (int)_device.DangerousGetHandle();

    /// <summary>Attaches to an interface that is there already.</summary>
    /// <param name="space">The network namespace.</param>
    /// <param name="name">The interface.</param>
    /// <exception cref="CannotRunException">It cannot be.</exception>
    public static TunDevice Attach(string space, string name) => NetworkNamespace.Within(space, () => Open(name));

    /// <summary>One packet, once there is one.</summary>
    /// <returns>Its length; 0 or less when there was none after all.</returns>
    public int Read(byte[] buffer) => (int)ReadFrom(_device, buffer, (nuint)buffer.Length);

    public void Write(byte[] packet) => WriteTo(_device, packet, (nuint)packet.Length);

    public void Dispose() => _device.Dispose();

    private static TunDevice Open(string name)
    {
        var device = File.OpenHandle("/dev/net/tun", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var request = new byte[40];
        Encoding.ASCII.GetBytes(name, request);
        BitConverter.TryWriteBytes(request.AsSpan(16), PacketsOfIpAlone);
        if (Control(device, AttachTo, request) == 0)
            return new TunDevice(device);

        device.Dispose();
        throw new CannotRunException($"the interface '{name}' could not be attached to, error {Marshal.GetLastPInvokeError()}.");
    }

#pragma warning disable SYSLIB1054 // Three calls of a C library are no reason to allow unsafe code.
    [DllImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Control(SafeFileHandle device, nuint request, byte[] argument);

    [DllImport("libc", EntryPoint = "read", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint ReadFrom(SafeFileHandle device, byte[] buffer, nuint count);

    [DllImport("libc", EntryPoint = "write", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint WriteTo(SafeFileHandle device, byte[] buffer, nuint count);
#pragma warning restore SYSLIB1054
}
