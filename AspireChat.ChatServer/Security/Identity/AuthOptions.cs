using System.ComponentModel.DataAnnotations;

namespace AspireChat.ChatServer.Security.Identity;

/// <summary>Authentication by JWT bearer tokens. Off unless an authority, metadata or a key is given; then a name proves nothing.</summary>
internal sealed class AuthOptions : IValidatableObject
{
    public const string SectionName = "Chat:Auth";

    private const int MinKeyLength = 32;

    /// <summary>The issuer's address: <c>https://login.example.com</c>; its metadata and keys are read from there.</summary>
    public string? Authority { get; set; }

    /// <summary>The address of the metadata, where it is not the usual one under <see cref="Authority"/>.</summary>
    public string? MetadataAddress { get; set; }

    /// <summary>For whom tokens must be issued. Needed: else a token that was given to any other application would be good here.</summary>
    public string? Audience { get; set; }

    /// <summary>Whose tokens count with <see cref="SigningKey"/>; any, if not set. An authority names itself.</summary>
    public string? Issuer { get; set; }

    /// <summary>A symmetric key of 32 characters or more that signs tokens, in place of an authority: for development and tests.</summary>
    public string? SigningKey { get; set; }

    /// <summary>Whether the metadata must be read over HTTPS. Default true.</summary>
    public bool RequireHttpsMetadata { get; set; } = true;

    /// <summary>The claim with the user's name in chat. Default <c>name</c>.</summary>
    [Required]
    public string NameClaim { get; set; } = "name";

    /// <summary>
    /// The claim with the rooms that a user may join: names, or beginnings like <c>team-*</c>. Not set: every user may join every room.
    /// </summary>
    public string? RoomsClaim { get; set; }

    /// <summary>Whether connections must say who they are.</summary>
    public bool Enabled => !string.IsNullOrEmpty(Authority) || !string.IsNullOrEmpty(MetadataAddress) || !string.IsNullOrEmpty(SigningKey);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Enabled)
            yield break;
        if (string.IsNullOrEmpty(Audience))
            yield return new("Chat:Auth:Audience must be set: without it, tokens made for other applications would be accepted.", [nameof(Audience)]);
        if (SigningKey is { Length: > 0 and < MinKeyLength })
            yield return new($"Chat:Auth:SigningKey must have {MinKeyLength} characters or more.", [nameof(SigningKey)]);
        if (!string.IsNullOrEmpty(SigningKey) && !string.IsNullOrEmpty(Authority ?? MetadataAddress))
            yield return new("Chat:Auth:SigningKey and an authority exclude each other: remove one of them.", [nameof(SigningKey)]);
    }
}
