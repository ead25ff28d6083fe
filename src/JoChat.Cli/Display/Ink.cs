namespace JoChat.Cli.Display;

/// <summary>Colours single pieces of a line, or leaves them alone where colour is unwanted.</summary>
/// <param name="isColoured">Whether to colour; false gives every text back as it is.</param>
internal sealed class Ink(bool isColoured)
{
    public string Name(string text) => Paint("36", text);

    public string Own(string text) => Paint("32", text);

    public string Faint(string text) => Paint("2", text);

    public string Warning(string text) => Paint("33", text);

    private string Paint(string rendition, string text) =>
        isColoured ? $"\e[{rendition}m{text}\e[0m" : text;
}
