using System.Globalization;
using JoChat.Cli.Display;
using JoChat.Cli.Terminals;
using JoChat.Protocol;

namespace JoChat.Cli.Chat;

/// <summary>Formats and prints the chat's lines; text from others is escaped here. Where the day changes from one message
/// to the next, a line says so.</summary>
internal sealed class ChatScreen(ITerminal terminal, Ink ink, TimeProvider time)
{
    private const string AwayMark = " (sent while away)";

    private readonly Lock _gate = new();
    private DateTime _day = time.GetLocalNow().Date;

    public ITerminal Terminal => terminal;

    public TimeProvider Time => time;

    /// <summary>Asks a question that is answered by yes or no.</summary>
    public async Task<Answer> AskAsync(string question, CancellationToken cancellation)
    {
        var typed = await terminal.ReadLineAsync(LinePrompt.Confirmation(question), cancellation);
        if (typed.Text is not { } text) { return Answer.None; }
        return text.Trim() is "y" or "Y" or "yes" ? Answer.Yes : Answer.No;
    }

    /// <summary>A pushed message.</summary>
    public void ShowArrived(MessageArrived message) =>
        ShowMessage(message.SentAt, message.Id, message.Sender, message.Away ? AwayMark : "", message.Content);

    /// <summary>A message from a list that does not tell when it was sent.</summary>
    public void ShowListed(InboxMessage message, bool isAway) =>
        ShowMessage(null, message.Id, message.Sender, isAway ? AwayMark : "", message.Content);

    /// <summary>A message of a conversation.</summary>
    public void ShowHistory(HistoryMessage message, bool isOwn)
    {
        if (!isOwn)
        {
            ShowMessage(message.SentAt, message.Id, message.Sender, "", message.Content);
            return;
        }
        var sign = message.State switch
        {
            MessageState.Read => MessageSign.Read,
            MessageState.Delivered => MessageSign.Delivered,
            _ => MessageSign.Sent,
        };
        Print(message.SentAt, Own(message.Sender, message.Recipient, message.Content, message.SentAt, sign));
    }

    /// <summary>A conversation of a list.</summary>
    public void ShowConversation(Conversation conversation, bool isLastOwn)
    {
        var unread = conversation.UnreadCount == 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $" ({conversation.UnreadCount} unread)");
        var name = ink.Name(SafeText.Of(conversation.With));
        if (conversation.LastMessage is not { } last)
        {
            terminal.WriteLine(new ScreenLine($"* {name}{unread}"));
            return;
        }
        var direction = isLastOwn ? "-> " : "";
        var when = ink.Faint($"[{Date(last.SentAt)} {Clock(last.SentAt)}]");
        terminal.WriteLine(new ScreenLine($"* {name}{unread} {when} {direction}", SafeText.Lines(last.Content)));
    }

    /// <summary>A message of our own.</summary>
    public void ShowOwn(string sender, OwnLine line) => line.Written = Print(line.Message.TypedAt, Own(sender, line));

    /// <summary>Shows the sign of a message of our own that has come further, if its line is still on the
    /// screen.</summary>
    public void ShowSign(string sender, OwnLine line)
    {
        if (line.Written is { } written) { terminal.TryRewrite(written, Own(sender, line)); }
    }

    /// <summary>A notice.</summary>
    /// <param name="text">May contain what others wrote.</param>
    public void Say(string text) => terminal.WriteLine(new ScreenLine(ink.Faint("* "), ink.Faint(SafeText.Of(text))));

    /// <summary>A warning.</summary>
    /// <param name="text">May contain what others wrote.</param>
    public void Warn(string text) =>
        terminal.WriteLine(new ScreenLine(ink.Warning("! "), ink.Warning(SafeText.Of(text))));

    private void ShowMessage(DateTimeOffset? when, long id, string sender, string mark, string content)
    {
        var clock = when is { } sentAt ? $"[{Clock(sentAt)}] " : "";
        var number = string.Create(CultureInfo.InvariantCulture, $"#{id}");
        var head = $"{ink.Faint(clock + number)} {ink.Name(SafeText.Of(sender))}{mark}: ";
        Print(when, new ScreenLine(head, SafeText.Lines(content)));
    }

    private ScreenLine Own(string sender, OwnLine line) => Own(
        sender, line.Message.Recipient, line.Message.Text, line.Message.TypedAt, line.Sign);

    private ScreenLine Own(string sender, string recipient, string text, DateTimeOffset at, MessageSign sign)
    {
        var people = ink.Own($"{SafeText.Of(sender)} -> {SafeText.Of(recipient)}");
        var shown = terminal.IsRewriting ? ink.Faint(Text(sign)) : "";
        return new ScreenLine($"{ink.Faint($"[{Clock(at)}]")} {people}: ", SafeText.Lines(text), shown);
    }

    private static string Text(MessageSign sign) => sign switch
    {
        MessageSign.Sending => "…",
        MessageSign.Failed => "✗",
        MessageSign.Sent => "✓",
        MessageSign.Delivered => "✓✓",
        _ => "read",
    };

    private WrittenLine Print(DateTimeOffset? when, ScreenLine line)
    {
        lock (_gate)
        {
            if (when is { } instant && Local(instant).Date != _day)
            {
                _day = Local(instant).Date;
                terminal.WriteLine(new ScreenLine(ink.Faint($"--- {Date(instant)} ---")));
            }
            return terminal.WriteLine(line);
        }
    }

    /// <summary>A time of today as the clock shows it, another with its day.</summary>
    public string When(DateTimeOffset instant) =>
        Local(instant).Date == time.GetLocalNow().Date ? Clock(instant) : $"{Date(instant)} {Clock(instant)}";

    private string Date(DateTimeOffset instant) =>
        Local(instant).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private string Clock(DateTimeOffset instant) => Local(instant).ToString("HH:mm", CultureInfo.InvariantCulture);

    private DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, time.LocalTimeZone);
}

/// <summary>What came of a question.</summary>
internal enum Answer
{
    /// <summary>Anything but yes.</summary>
    No,

    /// <summary>Yes.</summary>
    Yes,

    /// <summary>The input has ended, or the person pressed Ctrl-C.</summary>
    None,
}
