using JoChat.Cli.Display;

namespace JoChat.Cli;

/// <summary>What a command tells of itself on standard error: sentences for people, or one JSON object a line.
/// </summary>
/// <param name="error">Standard error.</param>
/// <param name="isJson">Whether <c>--json</c> is given.</param>
internal sealed class ErrorLines(TextWriter error, bool isJson)
{
    /// <summary>Why the command failed.</summary>
    /// <param name="code">For programs, in snake case.</param>
    /// <param name="message">For people; may contain what others wrote.</param>
    public void Error(string code, string message) => Write("error", code, message, $"jochat: {SafeText.Of(message)}");

    /// <summary>What is not as it should be.</summary>
    public void Warn(string code, string message) =>
        Write("warning", code, message, $"jochat: warning: {SafeText.Of(message)}");

    /// <summary>What else there is to know, such as how to get the rest of a list.</summary>
    public void Note(string code, string message) => Write("note", code, message, SafeText.Of(message));

    private void Write(string kind, string code, string message, string sentence)
    {
        error.WriteLine(!isJson ? sentence : JsonLine.Of(json =>
        {
            json.WriteStartObject(kind);
            json.WriteString("code", code);
            json.WriteString("message", message);
            json.WriteEndObject();
        }));
    }
}
