using System.Runtime.InteropServices;
using System.Text;

namespace LocalAspire.Guard;

/// <summary>
/// Turns this process into another program, in a session and process group of its own. A terminal's Ctrl-C then reaches
/// the app host alone, which stops its children in order; and a child can be ended with all that it has started.
/// </summary>
internal static class SessionLeader
{
    /// <summary>What a shell answers when a program cannot be executed.</summary>
    private const int CannotExecute = 126;

    /// <summary>Does not return where it succeeds. The environment, the working directory and the standard streams stay.</summary>
    public static unsafe int Become(string program, string[] arguments)
    {
        Posix.StartSession();

        // The runtime ignores SIGPIPE, and what is ignored stays so in the next program.
        Posix.RestoreDefault(Posix.SIGPIPE);

        var vector = (byte**)NativeMemory.AllocZeroed((nuint)(arguments.Length + 2), (nuint)sizeof(byte*));
        vector[0] = ToNative(program);
        for (var i = 0; i < arguments.Length; i++)
            vector[i + 1] = ToNative(arguments[i]);

        var error = Posix.Execute(vector[0], vector);
        Console.Error.WriteLine($"'{program}' cannot be executed: {Marshal.GetPInvokeErrorMessage(error)}.");
        return CannotExecute;
    }

    private static unsafe byte* ToNative(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        var native = (byte*)NativeMemory.AllocZeroed((nuint)length + 1);
        Encoding.UTF8.GetBytes(text, new Span<byte>(native, length));
        return native;
    }
}
