using Google.Protobuf;
using LocalAspire.Dashboard.Options;
using LocalAspire.Protos.Rpc;
using Microsoft.Extensions.Options;

namespace LocalAspire.Dashboard.Otlp;

/// <summary>One signal over HTTP: a protobuf message in, a protobuf message out.</summary>
internal sealed class OtlpHttpEndpoint<TRequest, TResponse>(
    IOtlpIngest<TRequest, TResponse> ingest, IOptions<DashboardOptions> options, ILogger<OtlpHttpEndpoint<TRequest, TResponse>> logger)
    where TRequest : IMessage<TRequest>, new()
    where TResponse : IMessage<TResponse>
{
    private const int InvalidArgument = 3;
    private const int ResourceExhausted = 8;

    private readonly MessageParser<TRequest> _parser = new(static () => new TRequest());

    public async Task HandleAsync(HttpContext context)
    {
        if (context.Request.ContentType?.StartsWith(OtlpHeaders.ProtobufContentType, StringComparison.OrdinalIgnoreCase) != true)
        {
            await RefuseAsync(context, StatusCodes.Status415UnsupportedMediaType, InvalidArgument, $"Send '{OtlpHeaders.ProtobufContentType}'.");
            return;
        }

        try
        {
            using var body = await OtlpRequestBody.ReadAsync(context.Request, options.Value.Otlp.MaxRequestBytes, context.RequestAborted);
            await AnswerAsync(context, StatusCodes.Status200OK, ingest.Take(_parser.ParseFrom(body.Sequence)));
        }
        catch (OtlpBodyTooLargeException)
        {
            logger.RequestTooLarge(context.Request.Path, options.Value.Otlp.MaxRequestBytes);
            await RefuseAsync(context, StatusCodes.Status413PayloadTooLarge, ResourceExhausted, $"A request may hold {options.Value.Otlp.MaxRequestBytes} bytes. Send smaller batches.");
        }
        catch (Exception exception) when (exception is InvalidProtocolBufferException or InvalidDataException)
        {
            logger.RequestMalformed(context.Request.Path, exception.Message);
            await RefuseAsync(context, StatusCodes.Status400BadRequest, InvalidArgument, "The body is no message of this kind.");
        }
    }

    private static Task RefuseAsync(HttpContext context, int status, int code, string message) =>
        AnswerAsync(context, status, new Status { Code = code, Message = message });

    private static async Task AnswerAsync(HttpContext context, int status, IMessage message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = OtlpHeaders.ProtobufContentType;
        await context.Response.Body.WriteAsync(message.ToByteArray(), context.RequestAborted);
    }
}
