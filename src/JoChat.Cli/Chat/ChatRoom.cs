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

    private readonly ChatSession _session;
    private readonly JoChatClient _client;
    private readonly ChatScreen _screen;
    private readonly ReadMarks _marks;
    private readonly ReceiptSigns _receipts;
    private readonly TypingSigns _typing;
    private readonly PeopleThere _there;
    private readonly NameLookup _lookup;
    private readonly Outbox _outbox;
    private readonly PromptState _prompt;
    private readonly ChatActions _actions;

    /// <summary>A room for one login.</summary>
    /// <param name="session">The login.</param>
    /// <param name="away">How many messages were undelivered at it.</param>
    public ChatRoom(ChatSession session, long away)
    {
        (_session, _client, _screen) = (session, session.Client, session.Screen);
        _marks = new ReadMarks(_client);
        _receipts = new ReceiptSigns(_screen, session.Self);
        _typing = new TypingSigns(_client, _screen.Terminal, _screen.Time);
        _there = new PeopleThere(_client, _screen, session.IsPerson);
        _lookup = new NameLookup(_client, session.Names);
        _outbox = new Outbox(_client, _screen, session.Memory.Unsent, _receipts, session.Self);
        _prompt = new PromptState(session.Self, away, _typing.IsWriting);
        _actions = new ChatActions(session, _prompt, _outbox, _marks, _typing, _there);
        _screen.Say($"Logged in as {session.Self}. {away} sent while away. /help lists the commands.");
        if (!_client.IsPushing) { _screen.Say("This server does not push messages: see /away and /inbox."); }
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
                if (_session.IsPerson && _outbox.Unsent is { Count: > 0 } unsent) { _screen.Warn($"{Count(unsent)} not sent."); }
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
            case AccountGone gone: _there.Note(gone); break;
        }
    }

    private async Task ReceiveAsync(CancellationToken cancellation)
    {
        await foreach (var message in _client.ReadMessagesAsync(cancellation))
        {
            if (message.Away) { _prompt.TakeAway(1); }
            if (_session.Memory.Ignored.Contains(message.Sender)) { continue; }
            _session.Names.Add(message.Sender);
            _typing.Arrived(message.Sender);
            _screen.ShowArrived(message);
            _marks.Shown(message.Sender, message.Id);
            _session.Notices.Arrived(message);
        }
    }

    private async Task<RoomEnd> TalkAsync(CancellationToken cancellation)
    {
        var prompt = new LinePrompt(_prompt.Text)
        {
            IsChatLine = true,
            History = _session.Memory.Lines,
            Completer = _session.Names.Complete,
            Edited = line => NoteEdited(line, cancellation),
        };
        var begun = new TypedLine("");
        while (true)
        {
            var typed = await _screen.Terminal.ReadLineAsync(prompt with { Begun = begun }, cancellation);
            begun = new TypedLine("");
            var marking = _marks.SendAsync(cancellation);
            var input = typed.Text is { } line ? ChatCommand.Read(line) : new ChatInput.Quit();
            if (input is ChatInput.Quit)
            {
                if (!await MayLeaveAsync(cancellation)) { continue; }
                await WaitAsync(marking, cancellation);
                return typed.IsInterrupted ? RoomEnd.Interrupted : RoomEnd.Quit;
            }
            if (typed.HasPastedLines && !await IsOneMessageAsync(typed.Text!, cancellation))
            {
                begun = typed; // to be changed, or cleared
                continue;
            }
            var action = _actions.BeginAsync(input, cancellation);
            if (!_session.IsPerson || input.Asks) { await action; }
            if (_actions.LoggedOut.IsCompleted || _client.State == ConnectionState.Closed) { return RoomEnd.LoggedOut; }
        }
    }

    private void NoteEdited(string line, CancellationToken cancellation)
    {
        _ = _marks.SendAsync(cancellation);
        _ = _lookup.NoteAsync(line, cancellation);
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
        _session.Memory.Ignored.Load();
        if (_session.Memory.Unsent.Read() is not { Count: > 0 } unsent) { return; }
        _outbox.Restore(unsent);
        _screen.Warn($"{Count(unsent)} not sent last time. /unsent lists, /retry sends, /discard forgets them.");
    }

    // What was just typed is given a moment to be sent, if there is a connection to send it on.
    private async Task<bool> MayLeaveAsync(CancellationToken cancellation)
    {
        if (!_session.IsPerson) { return true; }
        if (_client.State == ConnectionState.Connected)
        {
            await _outbox.WaitAsync(LastPatience, _screen.Time, cancellation);
        }
        if (_outbox.Unsent is not { Count: > 0 } unsent) { return true; }
        _screen.Warn($"{Count(unsent)} not sent:");
        foreach (var message in unsent) { _screen.Warn($"  to {message.Recipient}: {message.Text}"); }
        _screen.Warn(_session.Memory.Unsent.IsKept
            ? "What was not sent is offered at the next start."
            : "What was not sent would be lost.");
        return await _screen.AskAsync("Leave? [y/N] ", cancellation) is not Answer.No;
    }

    // Others are told that their messages were read, if there is a connection to tell it on.
    private async Task WaitAsync(Task marking, CancellationToken cancellation)
    {
        if (_client.State != ConnectionState.Connected) { return; }
        await ((Task)Task.WhenAny(marking, Task.Delay(LastPatience, _screen.Time, cancellation)))
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static string Count(IReadOnlyCollection<OwnMessage> messages) => messages.Count == 1
        ? "1 message was"
        : string.Create(CultureInfo.InvariantCulture, $"{messages.Count} messages were");
}
