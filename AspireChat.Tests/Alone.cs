namespace AspireChat.Tests;

/// <summary>Tests that run one after the other once all others are through, since those would change what they measure.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
