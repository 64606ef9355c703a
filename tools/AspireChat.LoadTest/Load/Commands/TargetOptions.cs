using System.CommandLine;
using AspireChat.LoadTest.Load.Clients;

namespace AspireChat.LoadTest.Load.Commands;

/// <summary>The options that say where load goes, and as whom.</summary>
internal sealed class TargetOptions
{
    private const string DefaultTarget = "http://localhost:5080";
    private const string TokenVariable = "ASPIRECHAT_TOKEN";
    private const string ApiKeyVariable = "ASPIRECHAT_API_KEY";

    private readonly Option<string[]> _targets = new("--target", "-t")
    {
        Description = "Address of a gateway or an instance, http(s) or ws(s); repeat it for more, to spread connections over them.",
        DefaultValueFactory = _ => [DefaultTarget],
    };

    private readonly Option<string[]> _confirmed = new("--confirm")
    {
        Description = "The host name of a target that is not this machine, once more: load on somebody's server is an attack, unless he wants it.",
    };

    private readonly Option<string?> _token = new("--token") { Description = $"Bearer token; better in the variable {TokenVariable}, where other users do not see it." };

    private readonly Option<bool> _ticket = new("--ticket") { Description = "Exchange the token for a ticket for each connection, as browsers do." };

    private readonly Option<string> _name = new("--name") { Description = "User name of all connections; with authentication, that of the token.", DefaultValueFactory = _ => Credentials.None.Name };

    private readonly Option<string?> _apiKey = new("--api-key") { Description = $"Publish by HTTP with this key, which has no rate limit; better in the variable {ApiKeyVariable}, with --http." };

    private readonly Option<bool> _http = new("--http") { Description = $"Publish by HTTP with the key in {ApiKeyVariable}." };

    private readonly Option<bool> _insecure = new("--insecure") { Description = "Take any TLS certificate." };

    private readonly Option<string?> _authority = new("--ca") { Description = "PEM file with the certificate of the authority that signed the server's." };

    public static TargetOptions AddTo(Command command)
    {
        var options = new TargetOptions();
        foreach (var option in (Option[])[options._targets, options._confirmed, options._token, options._ticket, options._name, options._apiKey, options._http, options._insecure, options._authority])
            command.Add(option);

        return options;
    }

    public IReadOnlyList<Target> TargetsOf(ParseResult parsed)
    {
        List<Target> targets = [.. parsed.GetRequiredValue(_targets).Select(Target.Parse)];
        var confirmed = parsed.GetValue(_confirmed) ?? [];
        var host = targets.Where(target => !target.IsLoopback).Select(target => target.Socket.Host)
            .FirstOrDefault(host => !confirmed.Contains(host, StringComparer.OrdinalIgnoreCase));
        return host is null
            ? targets
            : throw new LoadException($"'{host}' is another machine. If its owner wants this load, say so with --confirm {host}.");
    }

    public Credentials CredentialsOf(ParseResult parsed) => new()
    {
        Token = parsed.GetValue(_token) ?? Variable(TokenVariable),
        UseTickets = parsed.GetValue(_ticket),
        Name = parsed.GetRequiredValue(_name),
        ApiKey = parsed.GetValue(_apiKey) ?? (parsed.GetValue(_http)
            ? Variable(ApiKeyVariable) ?? throw new LoadException($"The option '--http' needs the key in the variable {ApiKeyVariable}.")
            : null),
        Insecure = parsed.GetValue(_insecure),
        AuthorityFile = parsed.GetValue(_authority),
    };

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
