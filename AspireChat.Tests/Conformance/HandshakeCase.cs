namespace AspireChat.Tests.Conformance;

/// <summary>A request for an upgrade, and how it has to be answered.</summary>
/// <param name="Section">Of RFC 6455, or of a document that it builds on.</param>
/// <param name="Name">What is tried, as a sentence; unique.</param>
/// <param name="Request">The lines of the request but <c>Host</c>, which is the server's.</param>
/// <param name="Status">The status of the answer.</param>
/// <param name="Headers">Headers that it must have with these values; those with null it must not have.</param>
internal sealed record HandshakeCase(string Section, string Name, string[] Request, int Status, params (string Name, string? Value)[] Headers);
