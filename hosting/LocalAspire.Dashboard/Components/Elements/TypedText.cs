using System.Diagnostics.CodeAnalysis;

namespace LocalAspire.Dashboard.Components.Elements;

/// <summary>
/// A text that is being typed and that the address of the page repeats. What is told to the address comes back a while later,
/// when more may have been typed: such an echo is no news. Any other text from the address is, and replaces what was typed.
/// </summary>
public sealed class TypedText
{
    private readonly Queue<string> _told = [];
    private string _known = "";

    /// <summary>What the input shows.</summary>
    public string Text { get; set; } = "";

    /// <summary>Takes in what the address says now.</summary>
    public void Take(string text)
    {
        if (_told.Contains(text))
        {
            while (_told.Dequeue() != text)
            {
                // What was told before it has been overtaken and comes no more.
            }
        }
        else if (text != _known)
        {
            _told.Clear();
            Text = text;
        }

        _known = text;
    }

    /// <summary>What the address should be told, unless it has been told already.</summary>
    public bool TryTell([NotNullWhen(true)] out string? text)
    {
        text = Text == (_told.Count > 0 ? _told.Last() : _known) ? null : Text;
        if (text is not null) _told.Enqueue(text);
        return text is not null;
    }
}
