using System.Globalization;
using JoChat.Cli.Display;
using JoChat.Cli.Terminals;
using JoChat.Client;
using JoChat.Protocol;

namespace JoChat.Cli.Chat;

/// <summary>The chat after the login: runs the commands typed and shows the messages that arrive.</summary>
internal sealed class ChatRoom
{
    private readonly JoChatClient _client;
    private readonly ChatScreen _screen;
    private readonly LoginResult _login;
    private readonly KnownNames _names;
    private readonly PeopleSearch _search;
    private readonly bool _outlivesConnection;

    // Who gets plain text. Set while carrying out a command, read when the prompt is drawn.
    private volatile string? _query;

    // Messages still away: taken off by whoever shows one.
    private long _away;

    /// <summary>A room for one login.</summary>
    /// <param name="client">Logged in.</param>
    /// <param name="screen">Where the chat is shown.</param>
    /// <param name="login">Who is logged in.</param>
    /// <param name="names">Learns who is met.</param>
    /// <param name="outlivesConnection">Whether the client connects again by itself.</param>
    public ChatRoom(
        JoChatClient client, ChatScreen screen, LoginResult login, KnownNames names, bool outlivesConnection)
    {
        _outlivesConnection = outlivesConnection;
        (_client, _screen, _login, _names) = (client, screen, login, names);
        _search = new PeopleSearch(client, screen, names);
        _away = login.Away;
    }

    /// <summary>Runs until the person leaves.</summary>
    /// <returns>True to leave the program, false to go back to the login questions.</returns>
    /// <exception cref="JoChatException">The server is gone, or the session has ended.</exception>
    public async Task<bool> RunAsync(CancellationToken cancellation)
    {
        Welcome();
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _client.StateChanged += ShowState;
        try
        {
            var receiving = ReceiveAsync(leaving.Token);
            var talking = TalkAsync(leaving.Token);
            var first = await Task.WhenAny(receiving, talking);
            await leaving.CancelAsync();
            await ((Task)Task.WhenAll(receiving, talking)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (first == receiving) { await receiving; } // ends first only with the session
            return await talking;
        }
        finally
        {
            _client.StateChanged -= ShowState;
        }
    }

    private void ShowState(ConnectionState state)
    {
        if (state == ConnectionState.Reconnecting) { _screen.Warn("Connection lost, reconnecting..."); }
        if (state == ConnectionState.Connected) { _screen.Say("Connected again."); }
    }

    private void Welcome()
    {
        _screen.Say($"Logged in as {_login.Username}. {_login.Away} sent while away. /help lists the commands.");
        if (!_client.IsPushing) { _screen.Say("This server does not push messages: see /away and /inbox."); }
    }

    private async Task ReceiveAsync(CancellationToken cancellation)
    {
        await foreach (var message in _client.ReadMessagesAsync(cancellation))
        {
            if (message.Away) { TakeAway(1); }
            _names.Add(message.Sender);
            _screen.ShowArrived(message);
        }
    }

    private async Task<bool> TalkAsync(CancellationToken cancellation)
    {
        var prompt = new LinePrompt(Prompt) { IsChatLine = true, Completer = _names.Complete };
        while ((await _screen.Terminal.ReadLineAsync(prompt, cancellation)).Text is { } line)
        {
            var input = ChatCommand.Read(line);
            if (input is ChatInput.Quit) { break; }
            try
            {
                if (!await CarryOutAsync(input, cancellation)) { return false; }
            }
            catch (JoChatException failure) when (failure is RefusedException or RequestTimeoutException
                || (failure is ConnectionLostException && _outlivesConnection))
            {
                _screen.Warn(failure.Message);
                if (failure is RefusedException { Code: ErrorCode.NotLoggedIn }) { return false; }
            }
        }
        return true;
    }

    private string Prompt()
    {
        var away = Interlocked.Read(ref _away);
        var waiting = away == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"[{away} away] ");
        var query = _query is { } recipient ? $" -> {SafeText.Of(recipient)}" : "";
        return $"{waiting}{SafeText.Of(_login.Username)}{query}> ";
    }

    /// <returns>Whether the person is still logged in.</returns>
    private async Task<bool> CarryOutAsync(ChatInput input, CancellationToken cancellation)
    {
        switch (input)
        {
            case ChatInput.Say say: await SayAsync(say.Text, cancellation); break;
            case ChatInput.Message message: await SendAsync(message.Recipient, message.Text, cancellation); break;
            case ChatInput.OpenQuery open: OpenQuery(open.Recipient); break;
            case ChatInput.CloseQuery: _query = null; break;
            case ChatInput.Find find: await _search.FirstPageAsync(find.Pattern, cancellation); break;
            case ChatInput.FindMore: await _search.NextPageAsync(cancellation); break;
            case ChatInput.Away away: await FetchAwayAsync(away.Limit, cancellation); break;
            case ChatInput.Inbox: await ShowInboxAsync(cancellation); break;
            case ChatInput.Delete delete: await DeleteAsync(delete.Ids, cancellation); break;
            case ChatInput.DeleteAccount: return !await DeleteAccountAsync(cancellation);
            case ChatInput.LogOut: await _client.LogOutAsync(cancellation); return false;
            case ChatInput.Help: ShowHelp(); break;
            case ChatInput.Mistake mistake: _screen.Warn(mistake.Explanation); break;
        }
        return true;
    }

    private async Task SayAsync(string text, CancellationToken cancellation)
    {
        if (_query is { } recipient) { await SendAsync(recipient, text, cancellation); }
        else { _screen.Warn("To whom? /msg WHO TEXT sends one message, /query WHO all that you type."); }
    }

    private async Task SendAsync(string recipient, string text, CancellationToken cancellation)
    {
        await _client.SendAsync(recipient, text, cancellation);
        _names.Add(recipient);
        _screen.ShowSent(_login.Username, recipient, text);
    }

    private void OpenQuery(string recipient)
    {
        _query = recipient;
        _names.Add(recipient);
        _screen.Say($"What you type goes to {recipient} now; /close ends that.");
    }

    private async Task FetchAwayAsync(int limit, CancellationToken cancellation)
    {
        var messages = await _client.FetchAwayAsync(limit, cancellation);
        TakeAway(messages.Length);
        foreach (var message in messages)
        {
            _names.Add(message.Sender);
            _screen.ShowListed(message, isAway: true);
        }
        if (messages.IsEmpty) { _screen.Say("Nothing is away."); }
    }

    private async Task ShowInboxAsync(CancellationToken cancellation)
    {
        var messages = await _client.ListDeliveredAsync(cancellation);
        foreach (var message in messages)
        {
            _names.Add(message.Sender);
            _screen.ShowListed(message, isAway: false);
        }
        if (messages.IsEmpty) { _screen.Say("The inbox is empty."); }
    }

    private async Task DeleteAsync(IReadOnlyList<long> ids, CancellationToken cancellation)
    {
        var count = await _client.DeleteMessagesAsync(ids, cancellation);
        _screen.Say(string.Create(CultureInfo.InvariantCulture, $"Deleted {count} of {ids.Count}."));
    }

    private async Task<bool> DeleteAccountAsync(CancellationToken cancellation)
    {
        _screen.Warn("This deletes your account and all messages you sent or received, for good.");
        var question = LinePrompt.Question("Type your username to confirm: ");
        var answer = await _screen.Terminal.ReadLineAsync(question, cancellation);
        if (answer.Text?.Trim() != _login.Username)
        {
            _screen.Say("Not confirmed; nothing was deleted.");
            return false;
        }
        await _client.DeleteAccountAsync(cancellation);
        _screen.Say($"Deleted the account {_login.Username}.");
        return true;
    }

    private void ShowHelp()
    {
        foreach (var command in ChatCommand.All)
        {
            _screen.Say($"{command.Name + " " + command.Arguments,-17} {command.Explanation}");
        }
        _screen.Say("Tab completes commands and names; up and down recall lines.");
        _screen.Say("Two slashes begin a text with one.");
    }

    // What a push and a fetch show at the same moment may count twice; the prompt must not show a negative number.
    private void TakeAway(long count)
    {
        if (Interlocked.Add(ref _away, -count) < 0) { Interlocked.Exchange(ref _away, 0); }
    }
}
