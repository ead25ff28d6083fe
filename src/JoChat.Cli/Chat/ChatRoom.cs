using System.Globalization;
using JoChat.Cli.Terminals;
using JoChat.Client;
using JoChat.Protocol;

namespace JoChat.Cli.Chat;

/// <summary>The chat after the login: takes what is typed and shows the messages that arrive.</summary>
/// <remarks>A person's prompt is there while the server is asked; a script's next line is read when the one before is
/// done.</remarks>
internal sealed class ChatRoom : IDisposable
{
    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(2);

    private readonly JoChatClient _client;
    private readonly ChatScreen _screen;
    private readonly AccountMemory _memory;
    private readonly KnownNames _names;
    private readonly bool _isPerson;
    private readonly ReadMarks _marks;
    private readonly ReceiptSigns _receipts;
    private readonly TypingSigns _typing;
    private readonly PeopleThere _there;
    private readonly Notices _notices;
    private readonly Outbox _outbox;
    private readonly PromptState _prompt;
    private readonly ChatActions _actions;

    /// <summary>A room for one login.</summary>
    /// <param name="client">Logged in.</param>
    /// <param name="screen">Where the chat is shown.</param>
    /// <param name="login">Who is logged in.</param>
    /// <param name="memory">What is kept of the account.</param>
    /// <param name="names">Learns who is met.</param>
    /// <param name="notices">Calls for attention.</param>
    /// <param name="isPerson">Whether a person types: then the client connects again by itself.</param>
    public ChatRoom(
        JoChatClient client, ChatScreen screen, LoginResult login, AccountMemory memory, KnownNames names,
        Notices notices, bool isPerson)
    {
        (_client, _screen, _memory, _names) = (client, screen, memory, names);
        (_notices, _isPerson) = (notices, isPerson);
        _marks = new ReadMarks(client);
        _receipts = new ReceiptSigns(screen, login.Username);
        _typing = new TypingSigns(client, screen.Terminal, screen.Time);
        _there = new PeopleThere(client, screen, isPerson);
        _outbox = new Outbox(client, screen, memory.Unsent, _receipts, login.Username);
        _prompt = new PromptState(login.Username, login.Away, _typing.IsWriting);
        _actions = new ChatActions(
            client, screen, memory, names, _prompt, _outbox, _marks, _typing, _there, notices,
            login.Username);
        screen.Say($"Logged in as {login.Username}. {login.Away} sent while away. /help lists the commands.");
        if (!client.IsPushing) { screen.Say("This server does not push messages: see /away and /inbox."); }
    }

    /// <summary>The exit code for the first line that could not be carried out; done if there was none.</summary>
    public int FirstFailure => _actions.FirstFailure;

    /// <summary>Runs until the person leaves.</summary>
    /// <exception cref="JoChatException">The server is gone, or the session has ended.</exception>
    public async Task<RoomEnd> RunAsync(CancellationToken cancellation)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _client.StateChanged += ShowState;
        _client.Notified += Note;
        try
        {
            OfferUnsent();
            var receiving = ReceiveAsync(leaving.Token);
            var talking = TalkAsync(leaving.Token);
            var first = await Task.WhenAny(receiving, talking, _actions.LoggedOut);
            if (first == receiving || _client.State == ConnectionState.Closed)
            {
                if (_isPerson && _outbox.Unsent is { Count: > 0 } unsent) { _screen.Warn($"{Count(unsent)} not sent."); }
                await receiving; // throws why the session has ended
            }
            await leaving.CancelAsync();
            await ((Task)Task.WhenAll(receiving, talking)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return first == talking ? await talking : RoomEnd.LoggedOut;
        }
        finally
        {
            _client.StateChanged -= ShowState;
            _client.Notified -= Note;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _typing.Dispose();

    private void ShowState(ConnectionState state)
    {
        if (state == ConnectionState.Reconnecting) { _screen.Warn("Connection lost, reconnecting..."); }
        if (state == ConnectionState.Connected) { _screen.Say("Connected again."); }
    }

    private void Note(ServerEvent happened)
    {
        switch (happened)
        {
            case ReceiptArrived receipt: _receipts.Note(receipt); break;
            case TypingArrived typing: _typing.Note(typing); break;
            case PresenceChanged change: _there.Note(change); break;
        }
    }

    private async Task ReceiveAsync(CancellationToken cancellation)
    {
        await foreach (var message in _client.ReadMessagesAsync(cancellation))
        {
            if (message.Away) { _prompt.TakeAway(1); }
            if (_memory.Ignored.Contains(message.Sender)) { continue; }
            _names.Add(message.Sender);
            _typing.Arrived(message.Sender);
            _screen.ShowArrived(message);
            _marks.Shown(message.Sender, message.Id);
            _notices.Arrived(message);
        }
    }

    private async Task<RoomEnd> TalkAsync(CancellationToken cancellation)
    {
        var prompt = new LinePrompt(_prompt.Text)
        {
            IsChatLine = true,
            History = _memory.Lines,
            Completer = _names.Complete,
            Edited = line => NoteEdited(line, cancellation),
        };
        while (true)
        {
            var typed = await _screen.Terminal.ReadLineAsync(prompt, cancellation);
            _ = _marks.SendAsync(cancellation);
            var input = typed.Text is { } line ? ChatCommand.Read(line) : new ChatInput.Quit();
            if (input is ChatInput.Quit)
            {
                if (!await MayLeaveAsync(cancellation)) { continue; }
                return typed.IsInterrupted ? RoomEnd.Interrupted : RoomEnd.Quit;
            }
            if (typed.HasPastedLines && !await IsOneMessageAsync(typed.Text!, cancellation)) { continue; }
            var action = _actions.BeginAsync(input, cancellation);
            if (!_isPerson || input.Asks) { await action; }
            if (_actions.LoggedOut.IsCompleted || _client.State == ConnectionState.Closed) { return RoomEnd.LoggedOut; }
        }
    }

    private void NoteEdited(string line, CancellationToken cancellation)
    {
        _ = _marks.SendAsync(cancellation);
        if (_prompt.Query is not { } recipient) { return; }
        var isText = line.Length > 0 && (line[0] != '/' || line.StartsWith("//", StringComparison.Ordinal));
        _ = _typing.TellAsync(recipient, isText, cancellation);
    }

    private async Task<bool> IsOneMessageAsync(string text, CancellationToken cancellation)
    {
        var lines = text.Count(character => character == '\n') + 1;
        var question = string.Create(CultureInfo.InvariantCulture, $"Send {lines} lines as one message? [y/N] ");
        return await _screen.AskAsync(question, cancellation) is Answer.Yes;
    }

    private void OfferUnsent()
    {
        _memory.Ignored.Load();
        if (_memory.Unsent.Read() is not { Count: > 0 } unsent) { return; }
        _outbox.Restore(unsent);
        _screen.Warn($"{Count(unsent)} not sent last time. /unsent lists, /retry sends, /discard forgets them.");
    }

    // What was just typed is given a moment to be sent.
    private async Task<bool> MayLeaveAsync(CancellationToken cancellation)
    {
        if (!_isPerson) { return true; }
        await _outbox.WaitAsync(LastPatience, _screen.Time, cancellation);
        if (_outbox.Unsent is not { Count: > 0 } unsent) { return true; }
        _screen.Warn($"{Count(unsent)} not sent:");
        foreach (var message in unsent) { _screen.Warn($"  to {message.Recipient}: {message.Text}"); }
        _screen.Warn(_memory.Unsent.IsKept ? "It is offered at the next start." : "It would be lost.");
        return await _screen.AskAsync("Leave? [y/N] ", cancellation) is not Answer.No;
    }

    private static string Count(IReadOnlyCollection<OwnMessage> messages) => messages.Count == 1
        ? "1 message was"
        : string.Create(CultureInfo.InvariantCulture, $"{messages.Count} messages were");
}
