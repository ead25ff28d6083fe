namespace JoChat.Hocon;

internal sealed partial class Resolver
{
    private Term? Join(ConcatTerm concat, Slot slot)
    {
        _budget.Spend(concat.Parts.Count, concat.At);
        var parts = new List<Term>(concat.Parts.Count);
        foreach (var part in concat.Parts)
        {
            if (Reduce(part, slot) is { } value) { parts.Add(value); }
        }

        var values = parts.Where(part => part is not WhitespaceTerm).ToList();
        if (values.Count == 0) { return null; }
        if (!values.Exists(value => value is ContainerTerm)) { return JoinTexts(parts, concat.At); }
        if (values.Find(value => value.GetType() != values[0].GetType()) is { } other)
        {
            throw new HoconException(concat.At, $"expected parts of one kind, came {NameOf(values[0])} beside " +
                NameOf(other));
        }
        return values[0] is ObjectTerm
            ? values.Cast<ObjectTerm>().Aggregate(Merge)
            : JoinArrays(values.Cast<ArrayTerm>(), concat.At);
    }

    private Term JoinTexts(List<Term> parts, HoconPosition at)
    {
        if (parts.Count == 1) { return parts[0]; }

        var text = parts.ConvertAll(part =>
            part is WhitespaceTerm whitespace ? whitespace.Text : ((TextTerm)part).Text);
        _budget.Spend(text.Sum(piece => (long)piece.Length), at);
        return new TextTerm(string.Concat(text), HoconScalarKind.Text, at);
    }

    private ArrayTerm JoinArrays(IEnumerable<ArrayTerm> arrays, HoconPosition at)
    {
        var items = new List<Slot>();
        foreach (var array in arrays)
        {
            _budget.Spend(array.Items.Count, at);
            items.AddRange(array.Items);
        }
        return new ArrayTerm(items, at);
    }

    private ObjectTerm Merge(ObjectTerm lower, ObjectTerm upper)
    {
        _budget.Spend(lower.Slots.Concat(upper.Slots).Sum(slot => (long)slot.Stack.Count), upper.At);
        var merged = new ObjectTerm(upper.At);
        merged.AddAll(lower);
        merged.AddAll(upper);
        return merged;
    }

    private static string NameOf(Term value) => value switch
    {
        ObjectTerm => "an object",
        ArrayTerm => "an array",
        _ => "a text",
    };
}
