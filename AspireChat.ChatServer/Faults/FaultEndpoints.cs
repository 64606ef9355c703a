using System.Diagnostics;
using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Draining;
using AspireChat.ChatServer.Security;
using Microsoft.Extensions.Options;

namespace AspireChat.ChatServer.Faults;

/// <summary>Faults on purpose, <c>POST /admin/faults/…</c>, for the lab and for tests. In Development only, and only with the admin key.</summary>
internal static class FaultEndpoints
{
    public static void MapFaults(this IEndpointRouteBuilder endpoints)
    {
        if (!endpoints.ServiceProvider.GetRequiredService<IHostEnvironment>().IsDevelopment())
            return;

        var logger = endpoints.ServiceProvider.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(FaultEndpoints));
        var faults = endpoints.MapGroup("/admin/faults").RequireAdminKey();
        faults.AddEndpointFilter((context, next) =>
        {
            logger.FaultAsked(context.HttpContext.Request.Path);
            return next(context);
        });
        faults.MapPost("drain", Drain);
        faults.MapPost("exit", Exit);
        faults.MapPost("deaf", ForAWhile((subscriber, duration) => subscriber.Deafen(duration)));
        faults.MapPost("lose-subscriptions", ForAWhile((subscriber, duration) => subscriber.LoseRooms(duration)));
        faults.MapPost("drop-subscribers", DropSubscribersAsync);
        faults.MapPost("pause", PauseAsync);
        faults.MapPost("pause-redis", PauseRedisAsync);
        faults.MapPost("flush-redis", FlushRedisAsync);
    }

    private static IResult Drain(IDrain drain, IOptions<DrainOptions> options)
    {
        // Not awaited: it takes as long as the clients take, and whoever asked watches the instance, not this request.
        _ = drain.StartAsync(TimeSpan.FromSeconds(options.Value.CommandSeconds), CancellationToken.None);
        return Results.Accepted();
    }

    private static IResult Exit(HttpContext context)
    {
        // As kill -9 does, without a word to anybody, but after this request was answered.
        context.Response.OnCompleted(() =>
        {
            Process.GetCurrentProcess().Kill();
            return Task.CompletedTask;
        });
        return Results.Accepted();
    }

    /// <summary>A fault of what this instance hears, for as long as the request says.</summary>
    private static RequestDelegate ForAWhile(Action<ISubscriberFault, TimeSpan> begin) => async context =>
        await (await BeginAsync(context, begin)).ExecuteAsync(context);

    private static async Task<IResult> BeginAsync(HttpContext context, Action<ISubscriberFault, TimeSpan> begin)
    {
        if (context.RequestServices.GetService<ISubscriberFault>() is not { } subscriber)
            return NoRedis;
        if (await FaultRequest.ReadAsync(context.Request, context.RequestAborted) is not { } duration)
            return FaultRequest.Refusal;

        begin(subscriber, duration);
        return Results.Accepted();
    }

    private static async Task<IResult> DropSubscribersAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (context.RequestServices.GetService<ISubscriberFault>() is not { } subscriber)
            return NoRedis;

        await subscriber.DropAsync().WaitAsync(cancellationToken);
        return Results.Accepted();
    }

    private static async Task<IResult> PauseAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (await FaultRequest.ReadAsync(context.Request, cancellationToken) is not { } duration)
            return FaultRequest.Refusal;
        if (!ProcessPause.IsPossible)
            return NotSupported("A process can be paused by signals only, which Windows has not.");

        context.Response.OnCompleted(() =>
        {
            ProcessPause.Begin(duration);
            return Task.CompletedTask;
        });
        return Results.Json(new PauseBegun(Environment.ProcessId), PauseJson.Default.PauseBegun, statusCode: StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> PauseRedisAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (context.RequestServices.GetService<RedisFaults>() is not { } redis)
            return NoRedis;
        if (await FaultRequest.ReadAsync(context.Request, cancellationToken) is not { } duration)
            return FaultRequest.Refusal;

        return await DoAsync(() => redis.PauseAsync(duration), "This server does not know CLIENT PAUSE; Redis and Valkey do, Garnet does not.");
    }

    private static async Task<IResult> FlushRedisAsync(HttpContext context, CancellationToken cancellationToken) =>
        context.RequestServices.GetService<RedisFaults>() is { } redis
            ? await DoAsync(() => redis.FlushAsync().WaitAsync(cancellationToken), "This server refuses FLUSHALL.")
            : NoRedis;

    private static async Task<IResult> DoAsync(Func<Task<bool>> act, string refusal)
    {
        try
        {
            return await act() ? Results.Accepted() : NotSupported(refusal);
        }
        catch (BackplaneUnavailableException exception)
        {
            return new ApiError("unavailable", exception.Message).WithStatus(StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static IResult NotSupported(string message) => new ApiError("not_supported", message).WithStatus(StatusCodes.Status501NotImplemented);

    private static IResult NoRedis =>
        new ApiError("no_redis", "This instance has no Redis, so this fault cannot happen to it.").WithStatus(StatusCodes.Status409Conflict);
}
