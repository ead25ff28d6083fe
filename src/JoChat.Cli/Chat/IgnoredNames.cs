using System.Text.Json;
using JoChat.Cli.State;

namespace JoChat.Cli.Chat;

/// <summary>Whose messages an account does not want to see here. It is kept from one run to the next; the messages stay
/// in the inbox.</summary>
/// <param name="state">Where it is kept; null keeps it only as long as the program runs.</param>
/// <param name="name">The file's name.</param>
internal sealed class IgnoredNames(StateFolder? state, string name)
{
    private readonly Lock _gate = new();
    private SortedDictionary<string, string>? _names; // guarded by _gate; as typed, by name key

    /// <summary>The names, in order.</summary>
    /// <exception cref="IOException">The file cannot be read or is no such file.</exception>
    public IReadOnlyList<string> All
    {
        get { lock (_gate) { return [.. Ignored.Values]; } }
    }

    private SortedDictionary<string, string> Ignored => _names ??= Read();

    /// <summary>Reads the file now, so that its faults are told at the start.</summary>
    /// <exception cref="IOException">As from <see cref="All"/>.</exception>
    public void Load()
    {
        lock (_gate) { _ = Ignored; }
    }

    /// <exception cref="IOException">As from <see cref="All"/>.</exception>
    public bool Contains(string sender)
    {
        lock (_gate) { return Ignored.Count > 0 && Ignored.ContainsKey(Names.KeyOf(sender)); }
    }

    /// <summary>Ignores somebody.</summary>
    /// <exception cref="IOException">It cannot be kept.</exception>
    public void Add(string who) => Change(names => names.TryAdd(Names.KeyOf(who), who));

    /// <summary>Ignores somebody no more.</summary>
    /// <returns>Whether they were ignored.</returns>
    /// <exception cref="IOException">It cannot be kept.</exception>
    public bool Remove(string who) => Change(names => names.Remove(Names.KeyOf(who)));

    private bool Change(Func<SortedDictionary<string, string>, bool> change)
    {
        lock (_gate)
        {
            if (!change(Ignored)) { return false; }
            state?.Write(name, JsonSerializer.Serialize(Ignored.Values));
            return true;
        }
    }

    private SortedDictionary<string, string> Read()
    {
        var names = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (state?.Read(name) is not { } text) { return names; }
        try
        {
            foreach (var ignored in JsonSerializer.Deserialize<string[]>(text) ?? [])
            {
                names.TryAdd(Names.KeyOf(ignored), ignored);
            }
            return names;
        }
        catch (JsonException damaged)
        {
            throw new IOException($"{state.PathOf(name)} is damaged; move it away.", damaged);
        }
    }
}
