using System.Text.Json;
using AspireChat.ChatServer.Backplane;

namespace AspireChat.ChatServer.Security.Identity;

/// <summary>Tickets in Redis: issued on one instance, redeemed once on any.</summary>
internal sealed class RedisTicketStore(RedisConnections redis, RedisKeys keys, ILogger<RedisTicketStore> logger) : ITicketStore
{
    public async ValueTask<string> IssueAsync(ConnectionIdentity identity)
    {
        var ticket = Ticket.New();
        var contents = JsonSerializer.SerializeToUtf8Bytes(identity, TicketJson.Default.ConnectionIdentity);
        try
        {
            await redis.Publisher.GetDatabase().StringSetAsync(keys.Ticket(Ticket.KeyOf(ticket)!), contents, ITicketStore.Lifetime);
            return ticket;
        }
        catch (Exception exception) when (RedisTrouble.Explains(exception))
        {
            throw new BackplaneUnavailableException("Redis did not take the ticket; try again.", exception);
        }
    }

    public async ValueTask<ConnectionIdentity?> RedeemAsync(string ticket)
    {
        if (Ticket.KeyOf(ticket) is not { } key)
            return null;

        try
        {
            // Read and removed in one step: of two that show the same ticket, one gets in.
            string? contents = await redis.Publisher.GetDatabase().StringGetDeleteAsync(keys.Ticket(key));
            return contents is null ? null : JsonSerializer.Deserialize(contents, TicketJson.Default.ConnectionIdentity);
        }
        catch (Exception exception) when (RedisTrouble.Explains(exception))
        {
            logger.TicketNotRead(exception);
            return null;
        }
    }
}
