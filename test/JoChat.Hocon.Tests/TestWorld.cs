namespace JoChat.Hocon.Tests;

/// <summary>The surroundings of a text under test, instead of the machine's own.</summary>
internal static class TestWorld
{
    public static readonly HoconOptions Nothing = new() { Environment = _ => null };

    public static HoconOptions WithEnvironment(params (string Name, string Value)[] variables) => Nothing with
    {
        Environment = name => Array.Find(variables, variable => variable.Name == name).Value,
    };

    public static HoconOptions WithFiles(params (string Path, string Text)[] files) => Nothing with
    {
        ReadInclude = path => Array.Find(files, file => file.Path == path).Text,
    };
}
