namespace JoChat.Hocon;

internal sealed class ObjectTerm(HoconPosition at) : ContainerTerm(at)
{
    private readonly OrderedDictionary<string, Slot> _slots = new(StringComparer.Ordinal);

    public IReadOnlyList<Slot> Slots => _slots.Values;

    public Slot? Find(string key) => _slots.GetValueOrDefault(key);

    /// <summary>Adds a value on top of what the path leads to, through new objects if it has several keys.</summary>
    public void Add(KeyPath path, Term value)
    {
        var inner = value;
        for (var i = path.Keys.Count - 1; i > 0; i--)
        {
            var parent = new ObjectTerm(path.Keys[i].At);
            parent.Add(path.Keys[i], inner);
            inner = parent;
        }
        Add(path.Keys[0], inner);
    }

    /// <summary>Adds all values of another object on top of this one's.</summary>
    public void AddAll(ObjectTerm other)
    {
        foreach (var slot in other.Slots)
        {
            _slots[slot.Key.Text] = _slots.TryGetValue(slot.Key.Text, out var below) ? slot.Over(below) : slot;
        }
    }

    private void Add(Key key, Term value)
    {
        if (_slots.TryGetValue(key.Text, out var slot))
        {
            slot.Push(key, value);
        }
        else
        {
            _slots.Add(key.Text, new Slot(key, [value]));
        }
    }
}
