namespace AspireChat.Client.Connections;

/// <summary>What to do after a connection has ended.</summary>
internal enum AfterClose
{
    /// <summary>Reconnect and resume.</summary>
    Resume,

    /// <summary>The same, after a pause.</summary>
    ResumeAfterPause,

    /// <summary>Stay away: it would end the same way.</summary>
    End,
}

/// <summary>The protocol's table of close codes.</summary>
internal static class CloseTable
{
    /// <param name="closeCode">Null when the connection broke without a close frame (which is 1006 in the protocol's table).</param>
    public static AfterClose Decide(int? closeCode) => closeCode switch
    {
        ChatCloseCodes.BinaryFrame => AfterClose.End,
        ChatCloseCodes.FrameTooBig => AfterClose.End,
        ChatCloseCodes.ProtocolError => AfterClose.End,
        ChatCloseCodes.Unauthorized => AfterClose.End,
        ChatCloseCodes.RateLimited => AfterClose.ResumeAfterPause,
        _ => AfterClose.Resume,
    };
}
