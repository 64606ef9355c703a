using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace AspireChat.ChatServer.Connections.Direct;

/// <summary>The application as the web server knows it: every middleware and endpoint, and the spans and instruments of requests around them.</summary>
internal abstract class DirectApplication
{
    /// <summary>Answers a request.</summary>
    /// <param name="features">The request.</param>
    /// <param name="complete">Sends what the application has answered, and ends the request.</param>
    public abstract Task ProcessAsync(IFeatureCollection features, Func<Exception?, Task> complete);

    public static DirectApplication Of<TContext>(IHttpApplication<TContext> application) where TContext : notnull => new Typed<TContext>(application);

    private sealed class Typed<TContext>(IHttpApplication<TContext> application) : DirectApplication where TContext : notnull
    {
        public override async Task ProcessAsync(IFeatureCollection features, Func<Exception?, Task> complete)
        {
            var context = application.CreateContext(features);
            Exception? failure = null;
            try
            {
                await application.ProcessRequestAsync(context);
            }
            catch (Exception exception)
            {
                failure = exception;
            }

            try
            {
                await complete(failure);
            }
            finally
            {
                application.DisposeContext(context, failure);
            }
        }
    }
}
