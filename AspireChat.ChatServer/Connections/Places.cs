using System.Collections.Concurrent;

namespace AspireChat.ChatServer.Connections;

/// <summary>So many places for each key, taken and given back.</summary>
/// <remarks>Thread-safe. Holds what is taken, and nothing of those who have left.</remarks>
internal sealed class Places<TKey>(int limit) where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, int> _taken = new();

    /// <returns>False when all are taken.</returns>
    public bool TryEnter(TKey key)
    {
        while (true)
        {
            var count = _taken.GetValueOrDefault(key);
            if (count >= limit)
            {
                return false;
            }

            if (count == 0 ? _taken.TryAdd(key, 1) : _taken.TryUpdate(key, count + 1, count))
            {
                return true;
            }
        }
    }

    public void Exit(TKey key)
    {
        while (_taken.TryGetValue(key, out var count))
        {
            if (count == 1 ? _taken.TryRemove(KeyValuePair.Create(key, 1)) : _taken.TryUpdate(key, count - 1, count))
            {
                return;
            }
        }
    }
}
