using System.Text;
using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Security.Bans;
using AspireChat.ChatServer.Security.Identity;
using AspireChat.ChatServer.Security.Network;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace AspireChat.ChatServer.Security;

internal static class SecurityServiceCollectionExtensions
{
    /// <summary>
    /// Adds who may reach this server, connect, join and send. Comes after the backplane and the instances, before what lets anybody in, and needs an
    /// <see cref="IUserConnections"/>. Authentication costs nothing where it is off.
    /// </summary>
    public static IServiceCollection AddSecurity(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddNetwork();
        services.AddBans();

        services.AddOptions<AuthOptions>().BindConfiguration(AuthOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        var auth = configuration.GetSection(AuthOptions.SectionName).Get<AuthOptions>() ?? new AuthOptions();
        if (auth.Enabled)
            services.AddBearer(auth);
        else
            services.AddSingleton<IConnectionAuthentication, NoAuthentication>();

        if (auth is { Enabled: true, RoomsClaim.Length: > 0 })
            services.TryAddSingleton<IRoomPolicy, ClaimsRoomPolicy>();
        else
            services.TryAddSingleton<IRoomPolicy, OpenRoomPolicy>();
        services.AddSingleton<AccessControl>();
        return services;
    }

    private static void AddNetwork(this IServiceCollection services)
    {
        services.AddOptions<NetworkOptions>().BindConfiguration(NetworkOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IConfigureOptions<HostFilteringOptions>, NetworkSetup>();
        services.AddSingleton<IConfigureOptions<ForwardedHeadersOptions>, NetworkSetup>();
    }

    private static void AddBans(this IServiceCollection services)
    {
        if (services.HasRedis())
            services.AddSingleton<IBanStore, RedisBanStore>();
        else
            services.AddSingleton<IBanStore, LoneBanStore>();

        services.AddSingleton<BanList>();
        services.AddSingleton<BanFollower>();
        services.AddHostedService(provider => provider.GetRequiredService<BanFollower>());
    }

    private static void AddBearer(this IServiceCollection services, AuthOptions auth)
    {
        if (services.HasRedis())
            services.AddSingleton<ITicketStore, RedisTicketStore>();
        else
            services.AddSingleton<ITicketStore, MemoryTicketStore>();

        services.AddSingleton<IConnectionAuthentication, BearerAuthentication>();
        services.AddHostedService<ExpiryWatch>();
        services.AddAuthentication().AddJwtBearer(options => Configure(options, auth));
    }

    private static void Configure(JwtBearerOptions options, AuthOptions auth)
    {
        options.Authority = auth.Authority;
        options.MetadataAddress = auth.MetadataAddress ?? options.MetadataAddress;
        options.RequireHttpsMetadata = auth.RequireHttpsMetadata;
        options.MapInboundClaims = false;

        var parameters = options.TokenValidationParameters;
        parameters.ValidAudience = auth.Audience;
        parameters.NameClaimType = auth.NameClaim;
        parameters.ClockSkew = TimeSpan.FromSeconds(30);
        if (auth.SigningKey is { Length: > 0 } key)
        {
            parameters.IssuerSigningKey = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(key));
            parameters.ValidateIssuer = auth.Issuer is not null;
        }

        parameters.ValidIssuer = auth.Issuer ?? parameters.ValidIssuer;
    }
}
