using System.Collections.Concurrent;

namespace AspireChat.ChatServer.Security.Identity;

/// <summary>Tickets of an instance without Redis.</summary>
internal sealed class MemoryTicketStore(TimeProvider time) : ITicketStore
{
    private readonly ConcurrentDictionary<string, (ConnectionIdentity Identity, long IssuedAt)> _tickets = new();

    public ValueTask<string> IssueAsync(ConnectionIdentity identity)
    {
        foreach (var (key, kept) in _tickets)
            if (time.GetElapsedTime(kept.IssuedAt) >= ITicketStore.Lifetime)
                _tickets.TryRemove(key, out _);

        var ticket = Ticket.New();
        _tickets[Ticket.KeyOf(ticket)!] = (identity, time.GetTimestamp());
        return new(ticket);
    }

    public ValueTask<ConnectionIdentity?> RedeemAsync(string ticket) =>
        new(Ticket.KeyOf(ticket) is { } key && _tickets.TryRemove(key, out var kept) && time.GetElapsedTime(kept.IssuedAt) < ITicketStore.Lifetime
            ? kept.Identity
            : null);
}
