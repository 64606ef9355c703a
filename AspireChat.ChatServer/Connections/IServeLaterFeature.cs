using System.Diagnostics;

namespace AspireChat.ChatServer.Connections;

/// <summary>
/// Where a request has it, its connection is served once the request is over, so that nothing of the request stays in memory for as long as the connection
/// lasts. Else it is served within the request.
/// </summary>
internal interface IServeLaterFeature
{
    /// <param name="admission">The feature's to dispose of, with the connection.</param>
    /// <param name="upgrade">The span of the upgrade; default when it is not sampled.</param>
    void Serve(Admission admission, ActivityContext upgrade);
}
