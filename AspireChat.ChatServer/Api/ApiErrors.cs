using AspireChat.ChatServer.Protocol;

namespace AspireChat.ChatServer.Api;

/// <summary>The protocol's errors as answers over HTTP.</summary>
internal static class ApiErrors
{
    public static IResult ToResult(this ErrorCode error) => new ApiError(error.Code, error.Explanation).WithStatus(StatusOf(error));

    private static int StatusOf(ErrorCode error) =>
        error == ErrorCode.IdConflict ? StatusCodes.Status409Conflict
        : error == ErrorCode.Unavailable ? StatusCodes.Status503ServiceUnavailable
        : error == ErrorCode.Unauthorized ? StatusCodes.Status401Unauthorized
        : error == ErrorCode.Forbidden ? StatusCodes.Status403Forbidden
        : error == ErrorCode.RateLimited ? StatusCodes.Status429TooManyRequests
        : StatusCodes.Status400BadRequest;
}
