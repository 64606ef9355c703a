using System.Security.Claims;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AspireChat.Tests.Security;

/// <summary>Bearer tokens, and the settings of a server that takes them.</summary>
internal static class TestTokens
{
    private const string Key = "a signing key for the tests, not for anything else";

    public static (string Key, string Value)[] Settings { get; } =
        [("Chat:Auth:SigningKey", Key), ("Chat:Auth:Audience", "aspirechat"), ("Chat:Auth:Issuer", "tests"), ("Chat:Auth:RoomsClaim", "rooms")];

    public static string Token(
        string? name, string[]? rooms = null, string key = Key, string audience = "aspirechat", string issuer = "tests", TimeSpan? expires = null)
    {
        var ends = TimeProvider.System.GetUtcNow().UtcDateTime + (expires ?? TimeSpan.FromMinutes(5));
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Audience = audience,
            Issuer = issuer,
            NotBefore = ends.AddHours(-1),
            IssuedAt = ends.AddHours(-1),
            Expires = ends,
            Subject = new ClaimsIdentity([
                .. name is null ? Array.Empty<Claim>() : [new Claim("name", name)],
                .. (rooms ?? []).Select(room => new Claim("rooms", room))]),
            SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(key)), SecurityAlgorithms.HmacSha256),
        });
    }
}
