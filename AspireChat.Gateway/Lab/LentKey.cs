using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Transforms;

namespace AspireChat.Gateway.Lab;

/// <summary>
/// Adds the admin key to an administration request of a session on its way to an instance. Any other request passes as it came: who has the
/// key himself sends it, and who has not is refused by the instance.
/// </summary>
internal sealed class LentKey(IOptions<LabOptions> options) : RequestTransform
{
    private const string HeaderName = "X-Admin-Key";

    public override ValueTask ApplyAsync(RequestTransformContext context)
    {
        if (context.HttpContext.MayAct())
        {
            RemoveHeader(context, HeaderName);
            AddHeader(context, HeaderName, options.Value.AdminKey!);
        }

        // The instances have no use for the cookie, and what they log is not the gateway's to know.
        RemoveHeader(context, HeaderNames.Cookie);
        return ValueTask.CompletedTask;
    }
}
