namespace AspireChat.Gateway.Admission;

internal static class AdmissionExtensions
{
    public static void AddAdmission(this IServiceCollection services)
    {
        services.AddSingleton<AdmissionQueue>();
        services.AddSingleton<AdmissionMetrics>();
    }

    public static void UseAdmission(this IReverseProxyApplicationBuilder pipeline) =>
        pipeline.UseMiddleware<AdmissionMiddleware>();
}
