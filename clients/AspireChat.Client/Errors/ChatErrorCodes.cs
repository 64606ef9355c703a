namespace AspireChat.Client;

/// <summary>The codes that servers give for refusing a request.</summary>
public static class ChatErrorCodes
{
    /// <summary>The frame was no JSON object.</summary>
    public const string BadJson = "bad_json";

    /// <summary>The frame's type is unknown to the server.</summary>
    public const string UnknownType = "unknown_type";

    /// <summary>The room's name is not allowed.</summary>
    public const string BadRoom = "bad_room";

    /// <summary>The user's name is not allowed.</summary>
    public const string BadName = "bad_name";

    /// <summary>The text is empty, too long or not well-formed.</summary>
    public const string BadText = "bad_text";

    /// <summary>The message's id is not allowed.</summary>
    public const string BadId = "bad_id";

    /// <summary>The id was used for another text within the last 5 minutes.</summary>
    public const string IdConflict = "id_conflict";

    /// <summary>The connection is not in the room.</summary>
    public const string NotJoined = "not_joined";

    /// <summary>The connection is in the room already.</summary>
    public const string AlreadyJoined = "already_joined";

    /// <summary>The connection is in as many rooms as it may be.</summary>
    public const string TooManyRooms = "too_many_rooms";

    /// <summary>Too many requests; this client retries by itself.</summary>
    public const string RateLimited = "rate_limited";

    /// <summary>No identity, or one that has expired.</summary>
    public const string Unauthorized = "unauthorized";

    /// <summary>The identity may not do this.</summary>
    public const string Forbidden = "forbidden";

    /// <summary>The servers cannot store at present; this client retries by itself.</summary>
    public const string Unavailable = "unavailable";
}
