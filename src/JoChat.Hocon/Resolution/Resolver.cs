namespace JoChat.Hocon;

/// <summary>Turns a tree of terms into values: merges repeated assignments and resolves the substitutions.</summary>
/// <remarks>Evaluation is lazy. A slot is reduced only until it is known whether it is a text, an array or an object,
/// so an object's fields may refer to each other while it is being read, and a bad substitution that a later value
/// overrides is never seen.</remarks>
internal sealed partial class Resolver
{
    private readonly ObjectTerm _root;
    private readonly Func<string, string?> _environment;
    private readonly ResolutionBudget _budget = new();

    private Resolver(ObjectTerm root, Func<string, string?> environment) => (_root, _environment) = (root, environment);

    public static HoconObject Resolve(ObjectTerm root, Func<string, string?> environment) =>
        (HoconObject)new Resolver(root, environment).Finish(root);

    private HoconNode Finish(Term term)
    {
        _budget.Enter(term.At);
        HoconNode node = term switch
        {
            ArrayTerm array => new HoconArray(FinishItems(array), array.At),
            ObjectTerm fields => new HoconObject(FinishFields(fields), fields.At),
            _ => Scalar((TextTerm)term),
        };
        _budget.Leave();
        return node;
    }

    private static HoconScalar Scalar(TextTerm text) => new(text.Text, text.Kind, text.At);

    private List<HoconNode> FinishItems(ArrayTerm array)
    {
        Visit(array);
        var items = new List<HoconNode>();
        foreach (var slot in array.Items)
        {
            if (Evaluate(slot) is { } value) { items.Add(Finish(value)); }
        }
        array.Visits--;
        return items;
    }

    private List<HoconField> FinishFields(ObjectTerm parent)
    {
        Visit(parent);
        var fields = new List<HoconField>();
        foreach (var slot in parent.Slots)
        {
            if (Evaluate(slot) is not { } value) { continue; }
            fields.Add(new HoconField(slot.Key.Text, slot.Key.IsQuoted, slot.Key.At, Finish(value)));
        }
        parent.Visits--;
        return fields;
    }

    private static void Visit(ContainerTerm container)
    {
        if (container.Visits++ > 0)
        {
            throw new HoconException(container.At, "expected a value that ends, came one that contains itself");
        }
    }

    private Term? Evaluate(Slot slot) => Evaluate(slot, slot.Level - 1);

    private Term? Evaluate(Slot slot, int level)
    {
        if (level < 0) { return null; }
        if (slot.Known(level) is { } known) { return known.Value; }

        var term = slot.Stack[level];
        _budget.Enter(term.At);
        var outer = slot.Level;
        slot.Level = level;
        var value = Reduce(term, slot);
        slot.Level = outer;
        if (value is null or ObjectTerm)
        {
            var below = Evaluate(slot, level - 1);
            value = value is ObjectTerm upper && below is ObjectTerm lower ? Merge(lower, upper) : value ?? below;
        }
        _budget.Leave();
        slot.Learn(level, value);
        return value;
    }

    private Term? Reduce(Term term, Slot slot) => term switch
    {
        SubstitutionTerm substitution => Substitute(substitution),
        PreviousTerm => Evaluate(slot),
        ConcatTerm concat => Join(concat, slot),
        _ => term,
    };
}
