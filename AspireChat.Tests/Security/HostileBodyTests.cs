using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AspireChat.Tests.ChatServers;

namespace AspireChat.Tests.Security;

/// <summary>Bodies of the HTTP API that are made to cost more than they weigh.</summary>
public sealed class HostileBodyTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_packed_body_is_not_unpacked()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(new byte[30_000_000]);
        }

        var content = new ByteArrayContent(packed.ToArray());
        content.Headers.ContentEncoding.Add("gzip");

        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(content));
    }

    [Theory]
    [InlineData("[", 1)]
    [InlineData("[", 65_000)]
    [InlineData("{\"a\":", 13_000)]
    public async Task A_body_that_nests_without_end_is_refused(string open, int times) =>
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(new StringContent(string.Concat(Enumerable.Repeat(open, times)))));

    [Fact]
    public async Task A_body_past_the_limit_is_refused() =>
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync(new ByteArrayContent(new byte[5_000_000])));

    [Fact]
    public async Task A_body_that_is_not_UTF_8_is_refused() =>
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(new ByteArrayContent([.. "{\"id\":\"1\",\"name\":\"ada\",\"text\":\""u8, 0xED, 0xA0, 0x80, .. "\"}"u8])));

    [Fact]
    public async Task A_good_body_is_taken() =>
        Assert.Equal(HttpStatusCode.OK, await PostAsync(new ByteArrayContent(Encoding.UTF8.GetBytes("""{"id":"1","name":"ada","text":"hello"}"""))));

    private static async Task<HttpStatusCode> PostAsync(HttpContent content)
    {
        await using var server = await TestChatServer.StartAsync(settings: ("Chat:ApiKey", "the-api-key"));
        using var http = new HttpClient { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Add("X-Api-Key", "the-api-key");
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var answer = await http.PostAsync("/api/rooms/tea/messages", content, Cancellation);
        return answer.StatusCode;
    }
}
