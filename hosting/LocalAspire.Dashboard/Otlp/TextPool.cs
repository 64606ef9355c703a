using System.Collections.Concurrent;

namespace LocalAspire.Dashboard.Otlp;

/// <summary>
/// One string for each text that comes again and again: attribute keys, span names, scopes. Bounded: once full, texts that it
/// does not know pass through, so that a sender of ever new keys cannot fill the memory with them.
/// </summary>
internal sealed class TextPool
{
    private const int Capacity = 8192;
    private const int MaxLength = 256;

    private readonly ConcurrentDictionary<string, string> _texts = new(StringComparer.Ordinal);
    private int _count;

    public string Get(string text)
    {
        if (_texts.TryGetValue(text, out var known)) return known;
        if (text.Length > MaxLength || Volatile.Read(ref _count) >= Capacity) return text;

        if (_texts.TryAdd(text, text)) Interlocked.Increment(ref _count);
        return text;
    }
}
