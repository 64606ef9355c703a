using AspireChat.ChatServer.Backplane;

namespace AspireChat.ChatServer.Faults;

internal static class FaultsServiceCollectionExtensions
{
    /// <summary>Sets the clock wrong, if that is asked for. Comes before everything that takes a clock.</summary>
    /// <exception cref="InvalidOperationException">It is asked for where faults are not allowed.</exception>
    public static void AddFaultClock(this IHostApplicationBuilder builder)
    {
        if (builder.Configuration.GetValue<TimeSpan?>(FaultClock.Setting) is not { } offset)
            return;
        if (!builder.Environment.IsDevelopment())
            throw new InvalidOperationException($"The setting '{FaultClock.Setting}' sets the clock wrong on purpose, which is for Development only; remove it.");

        builder.Services.AddSingleton<TimeProvider>(new FaultClock(offset));
    }

    /// <summary>Adds what the faults need. Comes after the backplane, and needs an <see cref="Draining.IDrain"/>.</summary>
    public static IServiceCollection AddFaults(this IServiceCollection services)
    {
        if (services.HasRedis())
            services.AddSingleton<RedisFaults>();
        return services;
    }
}
