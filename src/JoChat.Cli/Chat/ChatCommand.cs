using System.Globalization;
using JoChat.Cli.Arguments;
using JoChat.Protocol;

namespace JoChat.Cli.Chat;

/// <summary>A command of the chat.</summary>
/// <param name="Name">With its slash.</param>
/// <param name="Arguments">As the help shows them.</param>
/// <param name="Explanation">One line for the help; empty if another's names it.</param>
/// <param name="Parse">Reads what follows the name, trimmed; null if that is not what was expected.</param>
internal sealed record ChatCommand(string Name, string Arguments, string Explanation, Func<string, ChatInput?> Parse)
{
    /// <summary>Whether the first argument is somebody's name.</summary>
    public bool TakesName { get; init; }

    /// <summary>All commands, in the order of the help.</summary>
    public static readonly ChatCommand[] All =
    [
        new("/msg", "WHO TEXT", "send a message", ParseMessage) { TakesName = true },
        new("/query", "WHO", "send what you type from now on to somebody", ParseQuery) { TakesName = true },
        new("/close", "", "stop that", Alone(new ChatInput.CloseQuery())),
        new("/who", "[PATTERN]", "find people by a part of the name, or with * and ?", ParseFind),
        new("/whois", "WHO", "tell whether somebody is here", ParseWhoIs) { TakesName = true },
        new("/history", "[WHO]", "show what you and somebody wrote to each other", ParseHistory) { TakesName = true },
        new("/conversations", "", "list the people you talk with", Alone(new ChatInput.Conversations())),
        new("/more", "", "the next page of such a list", Alone(new ChatInput.More())),
        new("/away", "[N]", "take messages sent while you were away", ParseAway),
        new("/inbox", "", "list the messages you have received", Alone(new ChatInput.Inbox())),
        new("/delete", "ID...", "delete messages you have received", ParseDelete),
        new("/ignore", "[WHO]", "hide what somebody writes, or list whom; /unignore WHO", ParseIgnore)
            { TakesName = true },
        new("/unignore", "WHO", "", ParseUnignore) { TakesName = true },
        new("/block", "WHO", "keep somebody from you; /unblock WHO, /blocked", ParseBlock) { TakesName = true },
        new("/unblock", "WHO", "", ParseUnblock) { TakesName = true },
        new("/blocked", "", "", Alone(new ChatInput.ListBlocked())),
        new("/notify", "[HOW]", "ring when a message comes: off, on, or text to show it", ParseNotify),
        new("/unsent", "", "list what is not sent yet", Alone(new ChatInput.Unsent())),
        new("/retry", "", "send again what has failed; /discard forgets it", Alone(new ChatInput.Retry())),
        new("/discard", "", "", Alone(new ChatInput.Discard())),
        new("/sessions", "", "list your logins that are kept; /revoke ID ends one", Alone(new ChatInput.ListLogins())),
        new("/revoke", "ID", "", ParseRevoke),
        new("/password", "", "choose another password", Alone(new ChatInput.ChangePassword())),
        new("/delete-account", "", "delete your account and all its messages", Alone(new ChatInput.DeleteAccount())),
        new("/logout", "", "log out, then log in as anyone", Alone(new ChatInput.LogOut())),
        new("/help", "", "list the commands", Alone(new ChatInput.Help())),
        new("/quit", "", "leave", Alone(new ChatInput.Quit())),
    ];

    /// <summary>Reads a line. One that begins with a slash is a command or a mistake; two slashes are one in a text.
    /// </summary>
    public static ChatInput Read(string line)
    {
        if (string.IsNullOrWhiteSpace(line)) { return new ChatInput.Nothing(); }
        if (line.StartsWith("//", StringComparison.Ordinal)) { return new ChatInput.Say(line[1..]); }
        if (line[0] != '/') { return new ChatInput.Say(line); }

        var (name, rest) = SplitWord(line);
        var command = All.FirstOrDefault(command => command.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (command is null)
        {
            var suggestion = Suggestion.For(name, All.Select(command => command.Name));
            return new ChatInput.Mistake(
                $"There is no {name}.{suggestion} See /help, or type // to begin a text with a slash.");
        }
        return command.Parse(rest) ?? new ChatInput.Mistake($"Usage: {command.Name} {command.Arguments}".TrimEnd());
    }

    private static (string Word, string Remainder) SplitWord(string text)
    {
        var end = text.AsSpan().IndexOfAny(" \t\n");
        return end < 0 ? (text, "") : (text[..end], text[(end + 1)..].Trim());
    }

    private static Func<string, ChatInput?> Alone(ChatInput input) => rest => rest.Length == 0 ? input : null;

    private static ChatInput.Message? ParseMessage(string rest)
    {
        var (recipient, text) = SplitWord(rest);
        return text.Length == 0 ? null : new ChatInput.Message(recipient, text);
    }

    private static ChatInput.OpenQuery? ParseQuery(string rest) => IsName(rest) ? new(rest) : null;

    private static ChatInput.WhoIs? ParseWhoIs(string rest) => IsName(rest) ? new(rest) : null;

    private static ChatInput.History? ParseHistory(string rest) =>
        rest.Length == 0 ? new(With: null) : IsName(rest) ? new(rest) : null;

    private static ChatInput.Ignore? ParseIgnore(string rest) =>
        rest.Length == 0 ? new(Who: null) : IsName(rest) ? new(rest) : null;

    private static ChatInput.Unignore? ParseUnignore(string rest) => IsName(rest) ? new(rest) : null;

    private static ChatInput.Block? ParseBlock(string rest) => IsName(rest) ? new(rest) : null;

    private static ChatInput.Unblock? ParseUnblock(string rest) => IsName(rest) ? new(rest) : null;

    private static ChatInput.Revoke? ParseRevoke(string rest) => TryParseId(rest, out var id) ? new(id) : null;

    private static ChatInput ParseNotify(string rest) => rest switch
    {
        "" => new ChatInput.Notify(Mode: null),
        "off" => new ChatInput.Notify(NoticeMode.Off),
        "on" => new ChatInput.Notify(NoticeMode.On),
        "text" => new ChatInput.Notify(NoticeMode.Text),
        _ => new ChatInput.Mistake("Usage: /notify off, /notify on, or /notify text"),
    };

    private static bool IsName(string rest) => rest.Length > 0 && rest.AsSpan().IndexOfAny(" \t\n") < 0;

    private static ChatInput.Find ParseFind(string rest) => new(rest.Length == 0 ? "*" : rest);

    private static ChatInput.Away? ParseAway(string rest)
    {
        if (rest.Length == 0) { return new ChatInput.Away(FetchAway.DefaultLimit); }
        return int.TryParse(rest, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            ? new ChatInput.Away(limit)
            : null;
    }

    private static ChatInput.Delete? ParseDelete(string rest)
    {
        var ids = new List<long>();
        foreach (var word in rest.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!TryParseId(word, out var id)) { return null; }
            ids.Add(id);
        }
        return ids.Count == 0 ? null : new ChatInput.Delete(ids);
    }

    // The chat shows ids as #7, so that is how some will type them.
    private static bool TryParseId(string word, out long id) => long.TryParse(
        word.StartsWith('#') ? word[1..] : word, NumberStyles.None, CultureInfo.InvariantCulture, out id);
}
