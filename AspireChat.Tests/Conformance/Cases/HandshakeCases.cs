namespace AspireChat.Tests.Conformance.Cases;

/// <summary>The opening handshake: section 4.2.</summary>
internal static class HandshakeCases
{
    private const string Get = "GET /ws HTTP/1.1";
    private const string Connection = "Connection: Upgrade";
    private const string Upgrade = "Upgrade: websocket";
    private const string Version = "Sec-WebSocket-Version: 13";
    private const string Key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
    private static readonly string[] Plain = [Get, Connection, Upgrade, Version, Key];

    /// <summary>By their names.</summary>
    public static IReadOnlyDictionary<string, HandshakeCase> ByName { get; } = All().ToDictionary(one => $"{one.Section} {one.Name}");

    private static IEnumerable<HandshakeCase> All()
    {
        yield return new("4.2.2", "A handshake is accepted", Plain, 101,
            ("Sec-WebSocket-Accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), ("Upgrade", "websocket"), ("Connection", "Upgrade"),
            ("Sec-WebSocket-Protocol", null), ("Sec-WebSocket-Extensions", null));
        yield return new("4.2.2", "Each key has its own answer", With(Key, "Sec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw=="), 101,
            ("Sec-WebSocket-Accept", "HSmrc0sMlYUkAGmm5OPpG2HaGWk="));
        yield return new("4.2.1", "Names and tokens may be written in any case", [Get, "CONNECTION: UPGRADE", "UPGRADE: WebSocket", "SEC-WEBSOCKET-VERSION: 13", Key], 101);
        yield return new("4.2.1", "Other tokens beside the upgrade do no harm", With(Connection, "Connection: keep-alive, Upgrade"), 101);
        yield return new("9.1", "A compression that is offered is not negotiated",
            [.. Plain, "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits"], 101, ("Sec-WebSocket-Extensions", null));
        yield return new("9.1", "An extension that nobody knows is not negotiated", [.. Plain, "Sec-WebSocket-Extensions: x-unknown; a=1"], 101, ("Sec-WebSocket-Extensions", null));

        foreach (var version in (string[])["0", "8", "12", "14", "013", "13, 8", "thirteen", ""])
        {
            yield return new("4.4", $"Version '{version}' is refused and told which would do", With(Version, $"Sec-WebSocket-Version: {version}"), 426, ("Sec-WebSocket-Version", "13"));
        }

        yield return new("4.4", "No version is refused and told which would do", Without(Version), 426, ("Sec-WebSocket-Version", "13"));
        yield return new("4.2.1", "No key is refused", Without(Key), 400);
        yield return new("4.2.1", "Two keys are refused", [.. Plain, "Sec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw=="], 400);
        foreach (var (what, key) in ((string, string)[])[
            ("of no bytes", ""), ("of 15 bytes", "dGhlIHNhbXBsZSBub25j"), ("of 17 bytes", "dGhlIHNhbXBsZSBub25jZSE="), ("of 32 bytes", "dGhlIHNhbXBsZSBub25jZXRoZSBzYW1wbGUgbm9uY2U="),
            ("without its padding", "dGhlIHNhbXBsZSBub25jZQ"), ("that is not base64", "????????????????????????"), ("with a space in it", "dGhlIHNhbXBs ZSBub25jZQ==")])
        {
            yield return new("4.2.1", $"A key {what} is refused", With(Key, $"Sec-WebSocket-Key: {key}"), 400);
        }

        yield return new("4.2.1", "A request without Upgrade is no handshake", Without(Upgrade), 426);
        yield return new("4.2.1", "A request without Connection is no handshake", Without(Connection), 426);
        yield return new("4.2.1", "A request to upgrade to something else is no handshake", With(Upgrade, "Upgrade: h2c"), 426);

        yield return new("4.2.2", "The sub-protocol is selected", [.. Plain, "Sec-WebSocket-Protocol: aspirechat.v1"], 101, ("Sec-WebSocket-Protocol", "aspirechat.v1"));
        yield return new("4.2.2", "The sub-protocol is found among others", [.. Plain, "Sec-WebSocket-Protocol: chat, aspirechat.v1"], 101, ("Sec-WebSocket-Protocol", "aspirechat.v1"));
        yield return new("4.2.2", "Sub-protocols may take two lines", [.. Plain, "Sec-WebSocket-Protocol: chat", "Sec-WebSocket-Protocol: aspirechat.v1"], 101,
            ("Sec-WebSocket-Protocol", "aspirechat.v1"));
        yield return new("4.2.2", "Other sub-protocols alone are refused", [.. Plain, "Sec-WebSocket-Protocol: chat, aspirechat.v2"], 400, ("Sec-WebSocket-Protocol", null));
        yield return new("1.9", "Names of sub-protocols have their case", [.. Plain, "Sec-WebSocket-Protocol: AspireChat.v1"], 400);

        yield return new("10.2", "A page of another origin is refused", [.. Plain, "Origin: https://evil.example"], 403, ("Sec-WebSocket-Accept", null));
        yield return new("10.2", "A page without an origin to speak of is refused", [.. Plain, "Origin: null"], 403, ("Sec-WebSocket-Accept", null));
        yield return new("10.2", "Two origins are refused", [.. Plain, "Origin: http://localhost", "Origin: https://evil.example"], 403, ("Sec-WebSocket-Accept", null));
    }

    private static string[] With(string line, string instead) => [.. Plain.Select(one => one == line ? instead : one)];

    private static string[] Without(string line) => [.. Plain.Where(one => one != line)];
}
