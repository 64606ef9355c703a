using System.ComponentModel.DataAnnotations;

namespace AspireChat.Gateway;

/// <summary>How the gateway finds the chat instances, chooses among them and notices that one is gone. Times are <c>hh:mm:ss</c>.</summary>
internal sealed class GatewayOptions
{
    public const string SectionName = "Gateway";

    /// <summary>
    /// The instances are the services of service discovery with this name, or with this name and a suffix (<c>chat-1</c>, <c>chat-2</c>, …).
    /// Default <c>chat</c>.
    /// </summary>
    [Required(ErrorMessage = "Gateway:Service is empty; name the service whose instances answer, such as 'chat'.")]
    public string Service { get; set; } = "chat";

    /// <summary>How the next instance is chosen. Default <see cref="LoadBalancing.RoundRobin"/>.</summary>
    [EnumDataType(typeof(LoadBalancing), ErrorMessage = "Gateway:LoadBalancing is not a known way; set it to RoundRobin or LeastRequests.")]
    public LoadBalancing LoadBalancing { get; set; } = LoadBalancing.RoundRobin;

    /// <summary>
    /// After so long without a byte in either direction a connection counts as dead. Chat servers ping far more often,
    /// so only a peer that is really gone is met by this. Default 1 hour.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = "Gateway:IdleTimeout must be between 00:00:01 and 1.00:00:00.")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromHours(1);

    /// <summary>A client's socket on which no request begins for so long is closed. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ErrorMessage = "Gateway:SilentTimeout must be between 00:00:01 and 01:00:00.")]
    public TimeSpan SilentTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long an instance may take to accept a TCP connection before the next one is tried. Default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00", ErrorMessage = "Gateway:ConnectTimeout must be between 00:00:00.1 and 00:01:00.")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long an instance may take to answer an upgrade before the next one is tried. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00", ErrorMessage = "Gateway:AnswerTimeout must be between 00:00:00.1 and 00:01:00.")]
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// An instance whose host is gone without a word, or that takes none of the bytes sent to it, loses its connections after so long: the gateway closes
    /// them towards their clients, which come back by another instance. Default 20 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:02", "01:00:00", ErrorMessage = "Gateway:DeadAfter must be between 00:00:02 and 01:00:00.")]
    public TimeSpan DeadAfter { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How many connections are opened at once, from the upgrade's arrival to its answer; more wait for their turn. Default 64.</summary>
    [Range(1, 100_000, ErrorMessage = "Gateway:MaxOpenings must be between 1 and 100000.")]
    public int MaxOpenings { get; set; } = 64;

    /// <summary>How long a connection may wait for its turn to be opened before its client is told to come again (503). Default 3 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00", ErrorMessage = "Gateway:OpeningTimeout must be between 00:00:00.1 and 00:01:00.")]
    public TimeSpan OpeningTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>A connection that takes longer than this to be opened is still waited for, but gives its place to the next. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:10:00", ErrorMessage = "Gateway:SlowOpening must be between 00:00:00.01 and 00:10:00.")]
    public TimeSpan SlowOpening { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often each instance is asked whether it is ready (<c>GET /health</c>). Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00", ErrorMessage = "Gateway:ProbeInterval must be between 00:00:00.1 and 00:10:00.")]
    public TimeSpan ProbeInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long an instance may take to answer that. Default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00", ErrorMessage = "Gateway:ProbeTimeout must be between 00:00:00.1 and 00:10:00.")]
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>So many failed probes in a row take an instance out; one good one takes it back. Default 2.</summary>
    [Range(1, 100, ErrorMessage = "Gateway:ProbeFailures must be between 1 and 100.")]
    public int ProbeFailures { get; set; } = 2;

    /// <summary>How long open connections may still carry close frames once the gateway is told to stop. Default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00", ErrorMessage = "Gateway:ShutdownTimeout must be between 00:00:00 and 00:05:00.")]
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(2);
}
