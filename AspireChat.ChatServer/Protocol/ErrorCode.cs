namespace AspireChat.ChatServer.Protocol;

/// <summary>The table of <c>error</c> codes: what a client is told when it asked for something that it does not get. The connection lives on.</summary>
internal sealed class ErrorCode
{
    public static readonly ErrorCode BadJson = new("bad_json", "A frame is one JSON object, its members of the types that the protocol gives, none of them twice.", misuse: true);
    public static readonly ErrorCode UnknownType = new("unknown_type", "\"type\" is join, leave, send, typing or ping.", misuse: true);
    public static readonly ErrorCode BadRoom = new("bad_room", "\"room\" is 1 to 64 of A-Z a-z 0-9 . _ -.", misuse: true);
    public static readonly ErrorCode BadName = new("bad_name", "\"name\" is 1 to 32 visible characters in normal form C, and the same as long as a room is joined.", misuse: true);
    public static readonly ErrorCode BadText = new("bad_text", "\"text\" is 1 to 4,000 characters.", misuse: true);
    public static readonly ErrorCode BadId = new("bad_id", "\"id\" is 1 to 64 characters, chosen anew for each message.", misuse: true);
    public static readonly ErrorCode IdConflict = new("id_conflict", "This \"id\" was sent with another text; choose a new one.", misuse: true);
    public static readonly ErrorCode NotJoined = new("not_joined", "Join the room first, or send with a \"name\".", misuse: true);
    public static readonly ErrorCode AlreadyJoined = new("already_joined", "This connection is in the room; leave it before joining again.", misuse: true);
    public static readonly ErrorCode TooManyRooms = new("too_many_rooms", "This connection is in as many rooms as it may be; leave one first.", misuse: true);
    public static readonly ErrorCode RateLimited = new("rate_limited", "Too much at once; wait a second and send again with the same \"id\".");
    public static readonly ErrorCode Unauthorized = new("unauthorized", "Connect with a valid token.");
    public static readonly ErrorCode Forbidden = new("forbidden", "This user may not do that here.");
    public static readonly ErrorCode Unavailable = new("unavailable", "The backplane did not answer in time; send again with the same \"id\".");

    private ErrorCode(string code, string explanation, bool misuse = false)
    {
        Code = code;
        Explanation = explanation;
        IsMisuse = misuse;
    }

    /// <summary>The code on the wire; stable.</summary>
    public string Code { get; }

    /// <summary>For a person who reads along; never carries what the client sent, nor an exception's text.</summary>
    public string Explanation { get; }

    /// <summary>Whether a well-made client never causes it: ten in ten seconds end the connection.</summary>
    public bool IsMisuse { get; }

    public override string ToString() => Code;
}
