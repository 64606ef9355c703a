using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace AspireChat.ChatServer.Security.Identity;

/// <summary>How tickets look, and under which name they are kept: not their own, so that who reads Redis cannot use them.</summary>
internal static class Ticket
{
    /// <summary>More than any ticket has: what is longer need not be looked up.</summary>
    private const int MaxLength = 64;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string? KeyOf(string ticket) =>
        ticket.Length is > 0 and <= MaxLength ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ticket))) : null;
}

[JsonSerializable(typeof(ConnectionIdentity))]
internal sealed partial class TicketJson : JsonSerializerContext;
