namespace JoChat.Hocon;

internal sealed partial class Resolver
{
    private Term? Follow(ReferenceTerm reference)
    {
        foreach (var path in reference.Paths)
        {
            if (Find(path) is { } value) { return value; }
        }

        var name = reference.Paths[^1].ToString();
        _effort.Spend(name.Length, reference.At);
        if (_environment(name) is { } variable) { return new TextTerm(variable, HoconScalarKind.Text, reference.At); }
        if (reference.IsOptional) { return null; }

        throw new HoconException(reference.At, $"expected a value for ${{{Token.Shorten(name)}}}, came none: it is " +
            "not set here or in the environment, or it needs its own value first");
    }

    private Term? Find(KeyPath path)
    {
        var parent = _root;
        for (var i = 0; ; i++)
        {
            if (parent.Find(path.Keys[i].Text) is not { } slot) { return null; }

            parent.Visits++;
            var value = Evaluate(slot);
            parent.Visits--;
            if (i == path.Keys.Count - 1) { return value is ContainerTerm { Visits: > 0 } ? null : value; }
            if (value is not ObjectTerm next) { return null; }
            parent = next;
        }
    }
}
