using System.Text.Json;

namespace LocalAspire.Dashboard.Api;

/// <summary>Writes the answers of the API: one object, or one a line.</summary>
internal static class JsonAnswer
{
    /// <summary><c>{data, totalCount, returnedCount}</c>.</summary>
    public static async Task WriteAsync(HttpContext context, int total, int returned, Action<Utf8JsonWriter> writeData)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteStartObject("data");
        writeData(json);
        json.WriteEndObject();
        json.WriteNumber("totalCount", total);
        json.WriteNumber("returnedCount", returned);
        json.WriteEndObject();
        await json.FlushAsync(context.RequestAborted);
    }

    /// <summary>A line of NDJSON for each item, at once.</summary>
    public static async Task StreamAsync<T>(HttpContext context, IAsyncEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        context.Response.ContentType = "application/x-ndjson; charset=utf-8";
        await context.Response.StartAsync(context.RequestAborted);
        var body = context.Response.BodyWriter;
        await body.FlushAsync(context.RequestAborted);
        await using var json = new Utf8JsonWriter(body);
        await foreach (var item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
            await json.FlushAsync(context.RequestAborted);
            json.Reset();
            body.Write("\n"u8);
            await body.FlushAsync(context.RequestAborted);
        }
    }

    private static void Write(this System.IO.Pipelines.PipeWriter writer, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(writer.GetSpan(bytes.Length));
        writer.Advance(bytes.Length);
    }
}
