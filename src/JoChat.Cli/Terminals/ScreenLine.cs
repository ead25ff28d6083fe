namespace JoChat.Cli.Terminals;

/// <summary>A line for the terminal. All parts are safe to print: text from others has gone through
/// <see cref="Display.SafeText"/>; they may be coloured.</summary>
/// <param name="Head">What the program says of it, such as the time and the sender.</param>
/// <param name="Body">The text, wrapped under itself and never under the head.</param>
/// <param name="Sign">What stands behind it, such as whether it was read.</param>
internal sealed record ScreenLine(string Head, string Body = "", string Sign = "")
{
    /// <summary>The line as it stands where nothing is wrapped.</summary>
    public override string ToString() => Sign.Length == 0 ? Head + Body : $"{Head}{Body} {Sign}";
}
