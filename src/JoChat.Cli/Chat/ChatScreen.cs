using System.Globalization;
using JoChat.Cli.Display;
using JoChat.Cli.Terminals;
using JoChat.Protocol;

namespace JoChat.Cli.Chat;

/// <summary>Formats and prints the chat's lines; text from others is escaped here.</summary>
internal sealed class ChatScreen(ITerminal terminal, Ink ink, TimeProvider time)
{
    public ITerminal Terminal => terminal;

    /// <summary>A pushed message.</summary>
    public void ShowArrived(MessageArrived message)
    {
        var mark = message.Away ? " (sent while away)" : "";
        ShowMessage($"[{Clock(message.SentAt)}] ", message.Id, message.Sender, mark, message.Content);
    }

    /// <summary>A message from a list, which does not tell when it was sent.</summary>
    public void ShowListed(InboxMessage message, bool isAway) =>
        ShowMessage("", message.Id, message.Sender, isAway ? " (sent while away)" : "", message.Content);

    /// <summary>A message of our own that is stored.</summary>
    public void ShowSent(string sender, string recipient, string content)
    {
        var people = ink.Own($"{SafeText.Of(sender)} -> {SafeText.Of(recipient)}");
        var head = $"{ink.Faint($"[{Clock(time.GetUtcNow())}]")} {people}: ";
        terminal.WriteLine(new ScreenLine(head, SafeText.Of(content)));
    }

    /// <summary>A notice.</summary>
    /// <param name="text">May contain what others wrote.</param>
    public void Say(string text) => terminal.WriteLine(new ScreenLine(ink.Faint($"* {SafeText.Of(text)}")));

    /// <summary>A warning.</summary>
    /// <param name="text">May contain what others wrote.</param>
    public void Warn(string text) => terminal.WriteLine(new ScreenLine(ink.Warning($"! {SafeText.Of(text)}")));

    private void ShowMessage(string when, long id, string sender, string mark, string content)
    {
        var head = string.Create(CultureInfo.InvariantCulture, $"{when}#{id}");
        var whole = $"{ink.Faint(head)} {ink.Name(SafeText.Of(sender))}{mark}: ";
        terminal.WriteLine(new ScreenLine(whole, SafeText.Of(content)));
    }

    private string Clock(DateTimeOffset instant)
    {
        var local = TimeZoneInfo.ConvertTime(instant, time.LocalTimeZone);
        var format = local.Date == time.GetLocalNow().Date ? "HH:mm" : "yyyy-MM-dd HH:mm";
        return local.ToString(format, CultureInfo.InvariantCulture);
    }
}
