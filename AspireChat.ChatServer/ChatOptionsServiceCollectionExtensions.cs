using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Instances;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace AspireChat.ChatServer;

internal static class ChatOptionsServiceCollectionExtensions
{
    /// <summary>Adds who this instance is.</summary>
    public static IServiceCollection AddChatOptions(this IServiceCollection services)
    {
        services.AddOptions<ChatOptions>().BindConfiguration(ChatOptions.SectionName).ValidateDataAnnotations().ValidateOnStart()
            .Validate(options => BackplaneModeNames.TryParse(options.Backplane, out _), $"Chat:Backplane must be {BackplaneModeNames.All}.");
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => Incarnation.Begin(provider.GetRequiredService<IOptions<ChatOptions>>().Value.Instance));
        return services;
    }
}
