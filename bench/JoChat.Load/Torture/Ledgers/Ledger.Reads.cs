using JoChat.Protocol;

namespace JoChat.Load.Torture;

// What a client was shown while others send: never less than it had been told, never what nobody sent.
// Answers come in the order of the requests, so what was answered before an answer is judged was done before it.
internal sealed partial class Ledger
{
    /// <summary>The id of any message that the reader has seen of the sender, or null.</summary>
    public long? PickSeenId(string reader, string sender, Random random)
    {
        lock (_gate)
        {
            return _streams.GetValueOrDefault((sender, reader)) is { Messages: { Count: > 0 } messages }
                && messages[random.Next(messages.Count)].SeenId is > 0 and var id ? id : null;
        }
    }

    /// <summary>Notes that a <c>mark_read</c> is about to be written.</summary>
    public void NoteReadRequested(string reader, string sender, long through)
    {
        lock (_gate)
        {
            var stream = _streams[(sender, reader)];
            stream.ReadRequestedThrough = Math.Max(stream.ReadRequestedThrough, through);
        }
    }

    /// <summary>Notes that it was answered.</summary>
    public void NoteReadMarked(string reader, string sender, long through)
    {
        lock (_gate)
        {
            var stream = _streams[(sender, reader)];
            stream.ReadThrough = Math.Max(stream.ReadThrough, through);
        }
    }

    /// <summary>Judges a <c>count_unread</c>: it counts nothing that is known to be delivered.</summary>
    public void JudgeUnread(in ReadContext context, long count)
    {
        var (reader, loginAt, askedAt) = context;
        lock (_gate)
        {
            var most = _streams.Values.Where(stream => stream.Recipient == reader).Sum(stream => stream.Messages.Count(
                message => message.Attempts.Count > 0 && !message.IsDeliveredBy(loginAt, askedAt)));
            if (count > most)
            {
                _findings.Add(Finding.Fault, $"{reader} was told of {count} unread when there can be {most}");
            }
        }
    }

    /// <summary>Judges a page of <c>history</c>.</summary>
    public void JudgeHistory(in ReadContext context, ReadHistory asked, IReadOnlyList<HistoryMessage> page)
    {
        lock (_gate)
        {
            var below = asked.Before ?? long.MaxValue;
            var shown = new HashSet<SentMessage>();
            var last = 0L;
            foreach (var stored in page)
            {
                if (stored.Id <= last || stored.Id >= below)
                {
                    _findings.Add(Finding.Misordered, $"in {context.Reader}'s history behind {last}: {stored}");
                }
                last = stored.Id;
                if (FindShown(context.Reader, asked.With!, stored) is not { } message) { continue; }
                if (!shown.Add(message))
                {
                    _findings.Add(Finding.Duplicated, $"twice in a page of {context.Reader}'s history: {stored}");
                }
                JudgeState(context, message, stored);
            }
            if (page.Count > asked.Count)
            {
                _findings.Add(Finding.Fault, $"{context.Reader} asked for {asked.Count} messages and got {page.Count}");
            }
            // A page that is not full reaches back to the first message.
            var from = page.Count < asked.Count ? 0 : page[0].Id;
            foreach (var missing in KnownTo(context, asked.With!)
                .Where(known => known.Id >= from && known.Id < below && !shown.Contains(known.Message)))
            {
                _findings.Add(
                    Finding.Fault, $"{missing.Id} is missing in {context.Reader}'s history from {from}: {asked}");
            }
        }
    }

    /// <summary>Judges a page of <c>conversations</c>.</summary>
    public void JudgeConversations(in ReadContext context, ListConversations asked, IReadOnlyList<Conversation> page)
    {
        lock (_gate)
        {
            var last = asked.Before ?? long.MaxValue;
            foreach (var conversation in page)
            {
                if (conversation.LastMessage is not { } stored)
                {
                    _findings.Add(Finding.Fault, $"{context.Reader} was listed an empty conversation: {conversation}");
                    continue;
                }
                if (stored.Id >= last)
                {
                    _findings.Add(Finding.Misordered, $"{context.Reader} was listed behind {last}: {conversation}");
                }
                last = stored.Id;
                FindShown(context.Reader, conversation.With, stored);
                JudgeConversation(context, conversation, stored.Id);
            }
            if (page.Count > asked.Count || page.DistinctBy(listed => listed.With).Count() < page.Count)
            {
                _findings.Add(Finding.Fault, $"{context.Reader} was listed too many conversations: {asked}");
            }
            JudgeUnlisted(context, asked, page, last);
        }
    }

    private void JudgeConversation(in ReadContext context, Conversation listed, long lastId)
    {
        var newest = KnownTo(context, listed.With).Select(known => known.Id).DefaultIfEmpty().Max();
        var sent = _streams.GetValueOrDefault((listed.With, context.Reader))?.Messages.Count ?? 0;
        if (lastId < newest || listed.UnreadCount > sent)
        {
            _findings.Add(
                Finding.Fault, $"{context.Reader} knows {newest} of {sent} messages, and was listed: {listed}");
        }
    }

    // A page that begins later says nothing of who is not in it: their last message may be newer.
    private void JudgeUnlisted(
        in ReadContext context, ListConversations asked, IReadOnlyList<Conversation> page, long last)
    {
        if (asked.Before is not null) { return; }
        var listed = page.Select(conversation => conversation.With).ToHashSet();
        foreach (var with in _streams.Keys.Select(pair => pair.Recipient).Distinct().Except(listed))
        {
            var newest = KnownTo(context, with).Select(known => known.Id).DefaultIfEmpty().Max();
            if (newest > (page.Count < asked.Count ? 0 : last))
            {
                _findings.Add(Finding.Fault, $"{context.Reader} was not listed {newest}, with {with}: {asked}");
            }
        }
    }

    private SentMessage? FindShown(string reader, string with, in HistoryMessage stored)
    {
        var isTheirs = (stored.Sender == reader && stored.Recipient == with)
            || (stored.Sender == with && stored.Recipient == reader);
        if (!isTheirs || Find(stored.Sender, stored.Recipient, stored.Content) is not { } message)
        {
            _findings.Add(Finding.Altered, $"{reader} was shown with {with} what nobody sent: {stored}");
            return null;
        }
        if ((message.Id != 0 && message.Id != stored.Id) || (message.SeenId != 0 && message.SeenId != stored.Id))
        {
            _findings.Add(
                Finding.Duplicated, $"known as {message.Id} or {message.SeenId}, {reader} was shown: {stored}");
        }
        return message;
    }

    private void JudgeState(in ReadContext context, SentMessage message, in HistoryMessage stored)
    {
        var stream = message.Stream;
        var isIncoming = stream.Recipient == context.Reader; // only of these its own requests tell how far they are
        var least = isIncoming && stored.Id <= stream.ReadThrough ? MessageState.Read
            : message.IsDeliveredBy(isIncoming ? context.LoginAt : long.MaxValue, context.AskedAt)
                ? MessageState.Delivered
            : MessageState.Stored;
        var most = stored.Id <= stream.ReadRequestedThrough ? MessageState.Read : MessageState.Delivered;
        if (stored.State < least || stored.State > most)
        {
            _findings.Add(
                Finding.Fault, $"{context.Reader} was shown as {stored.State}, not {least} to {most}: {stored}");
        }
    }

    // What the reader was answered of its own messages, and what it had been handed of the other's.
    private IEnumerable<(long Id, SentMessage Message)> KnownTo(ReadContext context, string with)
    {
        var own = _streams.GetValueOrDefault((context.Reader, with))?.Messages ?? [];
        var others = _streams.GetValueOrDefault((with, context.Reader))?.Messages ?? [];
        return own.Where(message => message.Id != 0).Select(message => (message.Id, message)).Concat(others
            .Where(message => message.SeenId != 0 && message.SeenAt <= context.AskedAt)
            .Select(message => (message.SeenId, message)));
    }
}
