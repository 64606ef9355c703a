using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace AspireChat.Gateway.Admission;

/// <summary>Where connections wait until they may be opened, so many at once.</summary>
internal sealed class AdmissionQueue(IOptions<GatewayOptions> options) : IDisposable
{
    /// <summary>More than a gateway has sockets for; past it, who has waited longest is refused.</summary>
    private const int Longest = 65_536;

    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = options.Value.MaxOpenings,
        QueueLimit = Longest,
        // Who has waited longest is the likeliest to have given up, and to open a connection for nobody is what keeps an overload going.
        QueueProcessingOrder = QueueProcessingOrder.NewestFirst,
    });

    /// <summary>How many wait.</summary>
    public long Waiting => _limiter.GetStatistics()?.CurrentQueuedCount ?? 0;

    /// <returns>A place, to be given back; null when none became free in time.</returns>
    /// <exception cref="OperationCanceledException">The client gave up.</exception>
    public async ValueTask<IDisposable?> EnterAsync(CancellationToken client)
    {
        // The ordinary case makes no timer.
        var place = _limiter.AttemptAcquire();
        if (place.IsAcquired)
            return place;

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(client);
        limit.CancelAfter(options.Value.OpeningTimeout);
        try
        {
            place = await _limiter.AcquireAsync(cancellationToken: limit.Token);
            return place.IsAcquired ? place : null;
        }
        catch (OperationCanceledException) when (!client.IsCancellationRequested)
        {
            return null;
        }
    }

    public void Dispose() => _limiter.Dispose();
}
