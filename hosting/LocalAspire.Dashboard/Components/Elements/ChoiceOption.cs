namespace LocalAspire.Dashboard.Components.Elements;

/// <summary>One choice of a <see cref="Choice"/>: its value in the address and its text.</summary>
public sealed record ChoiceOption(string Value, string Text);
