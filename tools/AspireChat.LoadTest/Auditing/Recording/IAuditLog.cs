namespace AspireChat.LoadTest.Auditing.Recording;

/// <summary>Where entries go.</summary>
/// <remarks>Thread-safe.</remarks>
internal interface IAuditLog
{
    /// <summary>Appends an entry and gives it its time: what is appended later has no earlier one.</summary>
    void Append(AuditEntry entry);
}
