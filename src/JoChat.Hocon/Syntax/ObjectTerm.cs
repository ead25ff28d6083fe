namespace JoChat.Hocon;

internal sealed class ObjectTerm(HoconPosition at) : ContainerTerm(at)
{
    private readonly OrderedDictionary<string, Slot> _slots = new(StringComparer.Ordinal);

    public IReadOnlyList<Slot> Slots => _slots.Values;

    public Slot? Find(string key) => _slots.GetValueOrDefault(key);

    /// <summary>Adds a value on top of what the key holds.</summary>
    public void Add(Key key, Term value)
    {
        if (_slots.TryGetValue(key.Text, out var slot))
        {
            slot.Push(value);
        }
        else
        {
            _slots.Add(key.Text, new Slot(key, [value]));
        }
    }

    /// <summary>Adds all values of another object on top of this one's.</summary>
    public void AddAll(ObjectTerm other)
    {
        foreach (var slot in other.Slots)
        {
            _slots[slot.Key.Text] = _slots.TryGetValue(slot.Key.Text, out var below) ? slot.Over(below) : slot;
        }
    }
}
