using AspireChat.Client.Protocol;

namespace AspireChat.Client.Connections;

/// <summary>What lives on the connections that come and go. The calls never overlap.</summary>
internal interface IConnectionUser
{
    /// <summary>There is a connection.</summary>
    void Attach(ChatConnection connection);

    /// <summary>A frame came in on it.</summary>
    void Receive(ServerFrame frame);

    /// <summary>It is gone.</summary>
    void Detach();
}
