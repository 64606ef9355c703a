using System.Text;
using AspireChat.ChatServer.Connections.Direct;

namespace AspireChat.Tests.Connections.Direct;

public sealed class RequestHeadTests
{
    private const string Plain =
        "GET /ws HTTP/1.1\r\nHost: chat.example:8080\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\nOrigin: \r\nSec-WebSocket-Version: 13\r\n\r\n";

    [Fact]
    public void A_plain_upgrade_is_understood_up_to_the_end_of_its_head()
    {
        var head = Read(Plain.Replace("/ws", "/ws?a=1&b=%2F", StringComparison.Ordinal) + "\x81\x80");

        Assert.Equal("?a=1&b=%2F", head!.Query);
        Assert.Equal(Plain.Length + "?a=1&b=%2F".Length, head.Bytes);
        Assert.Equal("chat.example:8080", head.Headers.Host);
        Assert.Equal("13", head.Headers.SecWebSocketVersion);
        Assert.Equal([""], head.Headers.Origin.ToArray());
        Assert.Equal(5, head.Headers.Count);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1:80")]
    [InlineData("[::1]")]
    [InlineData("[::1]:65535")]
    public void A_host_is_a_name_or_an_address_with_or_without_a_port(string host) =>
        Assert.Equal(host, Read(Plain.Replace("chat.example:8080", host, StringComparison.Ordinal))!.Headers.Host);

    [Theory]
    [InlineData("another method", "GET", "POST")]
    [InlineData("another method in disguise", "GET", "get")]
    [InlineData("another path", "/ws ", "/wsx ")]
    [InlineData("another spelling of the path", "/ws ", "/WS ")]
    [InlineData("an encoded path", "/ws ", "/%77s ")]
    [InlineData("a path that goes on", "/ws ", "/ws/../ws ")]
    [InlineData("an absolute target", "/ws ", "http://chat.example:8080/ws ")]
    [InlineData("a fragment", "/ws ", "/ws?a#b ")]
    [InlineData("a space in the query", "/ws ", "/ws?a b ")]
    [InlineData("two spaces", "/ws ", "/ws  ")]
    [InlineData("an old version", "HTTP/1.1", "HTTP/1.0")]
    [InlineData("a new version", "HTTP/1.1", "HTTP/2.0")]
    [InlineData("an empty line before", "GET", "\r\nGET")]
    [InlineData("lines that end with LF alone", "\r\n", "\n")]
    [InlineData("one line that ends with LF alone", "Upgrade: websocket\r\n", "Upgrade: websocket\n")]
    [InlineData("one line that ends with CR alone", "Upgrade: websocket\r\n", "Upgrade: websocket\r")]
    [InlineData("CR within a line", "Origin: ", "Origin: a\rb")]
    [InlineData("NUL within a line", "Origin: ", "Origin: a\0b")]
    [InlineData("a tab within a line", "Origin: ", "Origin:\ta")]
    [InlineData("bytes past ASCII", "Origin: ", "Origin: \u00e9")]
    [InlineData("a folded line", "Origin: ", "Origin: a\r\n b")]
    [InlineData("a space before the colon", "Origin:", "Origin :")]
    [InlineData("no name", "Origin:", ":")]
    [InlineData("no colon", "Origin:", "Origin")]
    [InlineData("a name that is none", "Origin:", "Ori(gin:")]
    [InlineData("no host", "Host: chat.example:8080\r\n", "")]
    [InlineData("two hosts", "Host:", "Host: evil.example\r\nHost:")]
    [InlineData("two hosts in two spellings", "Host:", "HOST: evil.example\r\nHost:")]
    [InlineData("an empty host", "chat.example:8080", "")]
    [InlineData("a host that is a list", "chat.example:8080", "chat.example, evil.example")]
    [InlineData("a host with a user", "chat.example", "a@chat.example")]
    [InlineData("an address with a zone", "chat.example", "[fe80::1%25eth0]")]
    [InlineData("no address in particular", "chat.example", "[::]")]
    [InlineData("a port that is none", "8080", "80a")]
    [InlineData("an empty port", "8080", "")]
    [InlineData("a header twice", "Origin:", "Origin: https://evil.example\r\nOrigin:")]
    [InlineData("a body with a length", "Origin:", "Content-Length: 5\r\nOrigin:")]
    [InlineData("a body of no length", "Origin:", "Content-Length: 0\r\nOrigin:")]
    [InlineData("a body in chunks", "Origin:", "Transfer-Encoding: chunked\r\nOrigin:")]
    [InlineData("a body in chunks in disguise", "Origin:", "transfer-encoding: chunked\r\nOrigin:")]
    [InlineData("trailers", "Origin:", "Trailer: X\r\nOrigin:")]
    [InlineData("coding of the transfer", "Origin:", "TE: trailers\r\nOrigin:")]
    [InlineData("an expectation", "Origin:", "Expect: 100-continue\r\nOrigin:")]
    [InlineData("a token", "Origin:", "Authorization: Bearer x\r\nOrigin:")]
    [InlineData("a token for a proxy", "Origin:", "Proxy-Authorization: Bearer x\r\nOrigin:")]
    [InlineData("HTTP/2", "Origin:", "HTTP2-Settings: x\r\nOrigin:")]
    [InlineData("no upgrade", "Upgrade: websocket\r\n", "")]
    [InlineData("another upgrade", "websocket", "h2c")]
    [InlineData("a choice of upgrades", "websocket", "websocket, h2c")]
    [InlineData("an upgrade that the connection does not name", "keep-alive, Upgrade", "keep-alive")]
    [InlineData("a connection that closes", "keep-alive, Upgrade", "close, Upgrade")]
    [InlineData("a connection that has a header of its own", "keep-alive, Upgrade", "Origin, Upgrade")]
    public void In_any_doubt_nothing_is_understood(string doubt, string what, string instead)
    {
        var text = Plain.Replace(what, instead, StringComparison.Ordinal);

        Assert.NotEqual(Plain, text);
        Assert.True(Read(text) is null, doubt);
    }

    [Fact]
    public void An_incomplete_head_is_not_understood_wherever_it_ends() =>
        Assert.All(Enumerable.Range(0, Plain.Length), length => Assert.Null(Read(Plain[..length])));

    [Fact]
    public void A_head_that_is_large_or_has_many_headers_is_not_understood()
    {
        Assert.NotNull(Read(With($"X: {new string('x', 3_000)}\r\n")));
        Assert.Null(Read(With($"X: {new string('x', 4_000)}\r\n")));
        Assert.NotNull(Read(With(string.Concat(Enumerable.Range(0, 40).Select(i => $"X{i}:\r\n")))));
        Assert.Null(Read(With(string.Concat(Enumerable.Range(0, 50).Select(i => $"X{i}:\r\n")))));

        static string With(string more) => Plain.Replace("Origin:", more + "Origin:", StringComparison.Ordinal);
    }

    private static RequestHead? Read(string text) => RequestHead.TryRead(Encoding.Latin1.GetBytes(text));
}
