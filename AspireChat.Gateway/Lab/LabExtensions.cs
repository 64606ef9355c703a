using Microsoft.Extensions.DependencyInjection.Extensions;
using Yarp.ReverseProxy.Transforms.Builder;

namespace AspireChat.Gateway.Lab;

internal static class LabExtensions
{
    private const string PagePath = "/lab";

    /// <summary>The lab's sessions. Its page and endpoints exist in Development only; see <see cref="UseLab"/>.</summary>
    public static void AddLab(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<LabOptions>().BindConfiguration(LabOptions.SectionName).ValidateDataAnnotations();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<LabSessions>();
        services.AddSingleton<LentKey>();
    }

    /// <summary>Lends the admin key to administration requests of a session.</summary>
    public static void AddLab(this TransformBuilderContext transforms)
    {
        var isAdministration = transforms.Route.Match.Path?.StartsWith("/admin/", StringComparison.Ordinal) is true;
        if (isAdministration && IsAllowed(transforms.Services))
            transforms.RequestTransforms.Add(transforms.Services.GetRequiredService<LentKey>());
    }

    /// <summary>Maps the lab's endpoints; outside of Development there is no lab, so its page is not served either. Stands before the pages.</summary>
    public static void UseLab(this WebApplication app)
    {
        if (!IsAllowed(app.Services))
        {
            app.MapWhen(context => context.Request.Path.StartsWithSegments(PagePath), branch => branch.Run(NotFoundAsync));
            return;
        }

        app.Services.GetRequiredService<LabSessions>(); // Now, not at the first request: the code's time runs from the start.
        app.MapLabSession();
        app.MapLabSurroundings();
        app.MapLabDashboard();
    }

    private static bool IsAllowed(IServiceProvider services) =>
        services.GetRequiredService<IHostEnvironment>().IsDevelopment();

    private static Task NotFoundAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
