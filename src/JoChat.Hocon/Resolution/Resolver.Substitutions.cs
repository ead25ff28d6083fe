namespace JoChat.Hocon;

internal sealed partial class Resolver
{
    private Term? Substitute(SubstitutionTerm substitution)
    {
        foreach (var path in substitution.Paths)
        {
            if (Find(path) is { } value) { return value; }
        }

        var name = substitution.Paths[^1].ToString();
        _budget.Spend(name.Length, substitution.At);
        if (_environment(name) is { } variable)
        {
            return new TextTerm(variable, HoconScalarKind.Text, substitution.At);
        }
        if (substitution.IsOptional) { return null; }

        throw new HoconException(substitution.At, $"expected a value for ${{{Token.Shorten(name)}}}, came none: " +
            "it is not set here or in the environment, or it needs its own value first");
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
