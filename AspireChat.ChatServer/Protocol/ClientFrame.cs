namespace AspireChat.ChatServer.Protocol;

/// <summary>One frame of a client, read and validated. Its spans are decoded UTF-8 and point into the received bytes; strings are made only where they are kept.</summary>
internal ref struct ClientFrame
{
    public ClientFrameType Type;

    /// <summary>A valid room name; empty when the frame had none or a bad one.</summary>
    public ReadOnlySpan<byte> Room;

    /// <summary>A valid user name; empty when the frame had none.</summary>
    public ReadOnlySpan<byte> Name;

    /// <summary>A valid message id; empty when the frame had none or a bad one.</summary>
    public ReadOnlySpan<byte> Id;

    public ReadOnlySpan<byte> Text;

    /// <summary>The value of a ping's <c>t</c> as it was sent, any JSON; empty when it had none.</summary>
    public ReadOnlySpan<byte> Echo;

    /// <summary>Join: where to resume; null without <c>since</c>.</summary>
    public ResumePoint? Since;

    /// <summary>Join: how many recent messages are wanted when nothing is resumed.</summary>
    public int History;

    /// <summary>Join: whether <c>presence</c> frames are wanted.</summary>
    public bool Presence;
}
