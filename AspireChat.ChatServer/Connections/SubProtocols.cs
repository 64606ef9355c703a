using AspireChat.ChatServer.Protocol;
using Microsoft.Extensions.Primitives;

namespace AspireChat.ChatServer.Connections;

/// <summary>What a client offers as <c>Sec-WebSocket-Protocol</c>.</summary>
/// <param name="IsAcceptable">Whether version 1 was offered, or nothing at all.</param>
/// <param name="Selected">What to answer; null when nothing was offered.</param>
/// <param name="Ticket">The value of <c>ticket.…</c>: a secret, never selected or logged.</param>
internal readonly record struct SubProtocols(bool IsAcceptable, string? Selected, string? Ticket)
{
    private const string TicketPrefix = "ticket.";

    public static SubProtocols Choose(StringValues header)
    {
        var (any, ours, ticket) = (false, false, (string?)null);
        foreach (var line in header)
        {
            foreach (var offer in (line ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                if (offer.StartsWith(TicketPrefix, StringComparison.Ordinal))
                {
                    ticket = offer[TicketPrefix.Length..];
                    continue;
                }

                any = true;
                ours |= offer == WireProtocol.SubProtocol;
            }
        }

        return new SubProtocols(ours || !any, ours ? WireProtocol.SubProtocol : null, ticket);
    }
}
