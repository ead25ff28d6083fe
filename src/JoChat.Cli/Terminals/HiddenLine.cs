namespace JoChat.Cli.Terminals;

/// <summary>Reads a line from the keyboard without showing it.</summary>
internal static class HiddenLine
{
    /// <summary>Blocks until the line is finished.</summary>
    /// <param name="readKey">Waits for a key and does not echo it.</param>
    /// <returns>The line; null if Ctrl-D was pressed on the empty line.</returns>
    public static string? Read(Func<ConsoleKeyInfo> readKey)
    {
        var editor = new LineEditor();
        editor.Begin(LinePrompt.Secret(""));
        while (true)
        {
            switch (editor.Apply(readKey()))
            {
                case EditOutcome.Submitted: return editor.Line.Text;
                case EditOutcome.EndOfInput: return null;
            }
        }
    }
}
