using AspireChat.LoadTest.Auditing;
using AspireChat.LoadTest.Load.Measuring;

namespace AspireChat.LoadTest.Load.Clients;

/// <summary>What all clients of a run have in common.</summary>
internal sealed class ClientContext(Dialer dialer, Credentials credentials, MessageText text, ReconnectPace pace)
{
    public Dialer Dialer => dialer;

    public Credentials Credentials => credentials;

    public MessageText Text => text;

    public ReconnectPace Pace => pace;

    public Meter Meter { get; } = new();

    public ServerFacts Server { get; } = new();
}
