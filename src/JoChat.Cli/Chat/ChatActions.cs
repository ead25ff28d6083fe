using System.Globalization;
using JoChat.Client;
using JoChat.Protocol;

namespace JoChat.Cli.Chat;

/// <summary>Carries out what a person or a script has typed in the chat, and tells what came of it.</summary>
/// <remarks>Messages are sent at once, several at a time; what else asks the server follows one after the other, so that
/// lists do not mix. The caller need not wait for either.</remarks>
internal sealed class ChatActions(
    ChatSession session, PromptState prompt, Outbox outbox, ReadMarks marks, TypingSigns typing, PeopleThere there)
{
    private readonly JoChatClient _client = session.Client;
    private readonly ChatScreen _screen = session.Screen;
    private readonly MoreToShow _more = new(session.Screen);
    private readonly AccountChanges _account = new(session.Client, session.Screen, session.Self);
    private readonly TaskCompletionSource _loggedOut = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Task _last = Task.CompletedTask;

    /// <summary>The exit code for the first line that could not be carried out; done if there was none.</summary>
    public int FirstFailure { get; private set; } = ExitCode.Done;

    /// <summary>Completes when the account is logged in no more.</summary>
    public Task LoggedOut => _loggedOut.Task;

    /// <summary>Begins one action.</summary>
    /// <returns>Completes when it is done, or has failed and that is told.</returns>
    /// <exception cref="JoChatException">The connection is lost for good, or the session has ended.</exception>
    public Task BeginAsync(ChatInput input, CancellationToken cancellation)
    {
        switch (input)
        {
            case ChatInput.Say say when prompt.Query is { } recipient: return SendAsync(recipient, say.Text, cancellation);
            case ChatInput.Say:
                return Fail("To whom? /msg WHO TEXT sends one message, /query WHO all that you type.");
            case ChatInput.Message message: return SendAsync(message.Recipient, message.Text, cancellation);
            case ChatInput.OpenQuery open:
                prompt.Query = open.Recipient; // at once: one may write while there is no connection
                return Then(() => AskServerAsync(input, cancellation));
            case ChatInput.CloseQuery: return CloseQuery(cancellation);
            case ChatInput.Ignore ignore: Ignore(ignore.Who); break;
            case ChatInput.Unignore unignore: Unignore(unignore.Who); break;
            case ChatInput.Notify notify: Notify(notify.Mode); break;
            case ChatInput.Unsent: ListUnsent(); break;
            case ChatInput.Retry: return outbox.SendAgainAsync(cancellation);
            case ChatInput.Discard: Discard(); break;
            case ChatInput.Help: ShowHelp(); break;
            case ChatInput.Mistake mistake: return Fail(mistake.Explanation);
            case ChatInput.Nothing: break;
            default: return Then(() => AskServerAsync(input, cancellation));
        }
        return Task.CompletedTask;
    }

    private Task AskServerAsync(ChatInput input, CancellationToken cancellation)
    {
        var people = new PeopleSearch(_client, _screen, there, session.Names, _more);
        var lists = new MessageLists(_client, _screen, session.Names, marks, _more, session.Self);
        return input switch
        {
            ChatInput.OpenQuery open => OpenQueryAsync(open.Recipient),
            ChatInput.Find find => people.ShowMatchesAsync(find.Pattern, cancellation),
            ChatInput.WhoIs who => people.ShowAsync(who.Name, cancellation),
            ChatInput.More => _more.ShowAsync(cancellation),
            ChatInput.History history when (history.With ?? prompt.Query) is { } with => ShowHistoryAsync(with),
            ChatInput.History => Fail("With whom? /history WHO shows what you wrote to each other."),
            ChatInput.Conversations => lists.ShowConversationsAsync(cancellation),
            ChatInput.Away away => TakeAwayAsync(away.Limit),
            ChatInput.Inbox => lists.ShowInboxAsync(cancellation),
            ChatInput.Block block => people.BlockAsync(block.Who, cancellation),
            ChatInput.Unblock unblock => people.UnblockAsync(unblock.Who, cancellation),
            ChatInput.ListBlocked => people.ShowBlockedAsync(cancellation),
            ChatInput.Delete delete => lists.DeleteAsync(delete.Ids, cancellation),
            ChatInput.ListLogins => _account.ShowLoginsAsync(cancellation),
            ChatInput.Revoke revoke => RevokeAsync(revoke.Login),
            ChatInput.ChangePassword => _account.ChangePasswordAsync(cancellation),
            ChatInput.DeleteAccount => DeleteAccountAsync(),
            ChatInput.LogOut => LogOutAsync(),
            _ => throw new InvalidOperationException($"{input} is no action."),
        };

        async Task OpenQueryAsync(string recipient)
        {
            try
            {
                var name = await people.FindAsync(recipient, cancellation);
                if (prompt.Query == recipient) { prompt.Query = name; }
                _screen.Say($"What you type goes to {name} now; /close ends that.");
                await there.WatchAsync(name, cancellation);
            }
            catch (CommandFailedException) when (prompt.Query == recipient)
            {
                prompt.Query = null;
                throw;
            }
        }

        async Task ShowHistoryAsync(string with)
        {
            if (await lists.ShowHistoryAsync(with, cancellation)) { return; }
            with = await people.FindAsync(with, cancellation);
            _screen.Say($"There is nothing between you and {with}.");
        }

        async Task TakeAwayAsync(int limit)
        {
            prompt.TakeAway(await lists.TakeAwayAsync(limit, cancellation));
            _screen.Terminal.Refresh();
        }

        async Task DeleteAccountAsync()
        {
            if (await _account.DeleteAsync(cancellation)) { _loggedOut.TrySetResult(); }
        }

        async Task RevokeAsync(long login)
        {
            if (await _account.RevokeAsync(login, cancellation)) { _loggedOut.TrySetResult(); }
        }

        async Task LogOutAsync()
        {
            await _client.LogOutAsync(cancellation);
            _loggedOut.TrySetResult();
        }
    }

    private async Task SendAsync(string recipient, string text, CancellationToken cancellation)
    {
        typing.Sent();
        var message = new OwnMessage(Guid.NewGuid().ToString("N"), recipient, text, _screen.Time.GetUtcNow());
        if (await outbox.SendAsync(message, cancellation) is { } failure) { Note(failure); }
        else { session.Names.Add(recipient); } // there is such a person
    }

    private Task CloseQuery(CancellationToken cancellation)
    {
        if (prompt.Query is null) { return Task.CompletedTask; }
        prompt.Query = null;
        return Then(() => there.WatchAsync(who: null, cancellation));
    }

    private void Ignore(string? who)
    {
        try
        {
            if (who is not null)
            {
                session.Memory.Ignored.Add(who);
                _screen.Say($"You see nothing of {who} any more; /unignore {who} ends that.");
                return;
            }
            foreach (var ignored in session.Memory.Ignored.All) { _screen.Say(ignored); }
            if (session.Memory.Ignored.All is []) { _screen.Say("You ignore nobody."); }
        }
        catch (IOException fault)
        {
            _screen.Warn(fault.Message);
        }
    }

    private void Unignore(string who)
    {
        try
        {
            _screen.Say(session.Memory.Ignored.Remove(who)
                ? $"You see {who} again; /history {who} shows what came meanwhile."
                : $"You do not ignore {who}.");
        }
        catch (IOException fault)
        {
            _screen.Warn(fault.Message);
        }
    }

    private void Notify(NoticeMode? mode)
    {
        session.Notices.Mode = mode ?? session.Notices.Mode;
        _screen.Say(session.Notices.Mode switch
        {
            NoticeMode.Off => "A message that comes makes no noise.",
            NoticeMode.On => "The terminal rings when a message comes and you look elsewhere.",
            _ => "The terminal rings and shows each message that comes while you look elsewhere.",
        });
    }

    private void ListUnsent()
    {
        foreach (var message in outbox.Unsent) { _screen.Say($"not sent to {message.Recipient}: {message.Text}"); }
        if (outbox.Unsent is []) { _screen.Say("Everything is sent."); }
    }

    private void Discard()
    {
        var count = outbox.Discard();
        _screen.Say(count == 1
            ? "Forgot 1 message."
            : string.Create(CultureInfo.InvariantCulture, $"Forgot {count} messages."));
    }

    private void ShowHelp()
    {
        foreach (var command in ChatCommand.All.Where(command => command.Explanation.Length > 0))
        {
            _screen.Say($"{command.Name + " " + command.Arguments,-17} {command.Explanation}");
        }
        // The last of as many rows as a terminal of 24 shows above the prompt.
        _screen.Say("Tab completes, Ctrl-R searches, Alt+Enter breaks a line, // types a /.");
    }

    private Task Fail(string why)
    {
        _screen.Warn(why);
        if (FirstFailure == ExitCode.Done) { FirstFailure = ExitCode.Usage; }
        return Task.CompletedTask;
    }

    private Task Then(Func<Task> action) => _last = AfterAsync(_last, action);

    private async Task AfterAsync(Task before, Func<Task> action)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            await action();
        }
        catch (Exception failure) when (failure is JoChatException or CommandFailedException)
        {
            if (_client.State != ConnectionState.Closed) { _screen.Warn(failure.Message); }
            Note(failure);
        }
    }

    private void Note(Exception failure)
    {
        if (FirstFailure == ExitCode.Done) { FirstFailure = ExitCode.For(failure); }
        if (failure is RefusedException { Code: ErrorCode.NotLoggedIn }) { _loggedOut.TrySetResult(); }
    }
}
