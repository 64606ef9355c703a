namespace AspireChat.Gateway;

/// <summary>The body of a refusal by the gateway itself, in the shape of the chat servers' own.</summary>
/// <param name="Code">Stable, for programs.</param>
/// <param name="Message">For people.</param>
internal sealed record GatewayError(string Code, string Message);
