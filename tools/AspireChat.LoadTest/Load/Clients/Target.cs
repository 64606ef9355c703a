namespace AspireChat.LoadTest.Load.Clients;

/// <summary>The address of a gateway or an instance.</summary>
internal sealed record Target(Uri Socket)
{
    public bool IsSecure => Socket.Scheme == Uri.UriSchemeWss;

    /// <summary>Whether it is this machine: what may be loaded without a word.</summary>
    public bool IsLoopback => Socket.IsLoopback;

    /// <summary>The same server by HTTP, with the path given.</summary>
    public Uri Http(string path) => new UriBuilder(Socket) { Scheme = IsSecure ? "https" : "http", Path = path, Query = "" }.Uri;

    /// <param name="address"><c>http</c>, <c>https</c>, <c>ws</c> or <c>wss</c>; without a path it means <c>/ws</c>.</param>
    public static Target Parse(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https" or "ws" or "wss"))
            throw new LoadException($"The target '{address}' is no address of a chat server. Give one such as http://localhost:5080.");

        return new Target(new UriBuilder(uri)
        {
            Scheme = uri.Scheme is "https" or "wss" ? "wss" : "ws",
            Path = uri.AbsolutePath == "/" ? "/ws" : uri.AbsolutePath,
        }.Uri);
    }

    public override string ToString() => Socket.ToString();
}
