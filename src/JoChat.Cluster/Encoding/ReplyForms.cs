using System.Collections.Immutable;
using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Cluster;

/// <summary>How what sessions hear crosses a link.</summary>
internal static class ReplyForms
{
    // A number never changes, and one that was taken is never given again.
    public static readonly ImmutableArray<LinkForm> All =
    [
        new LinkForm<Answered>(
            129,
            static (answered, ref to) => to.Add(answered.Request).AddBody(answered.Response),
            static (ref from) => new(from.TakeNumber(), from.TakeBody<Response>())),
        new LinkForm<LiveMessage>(
            130,
            static (live, ref to) => to.Add(live.Sender).AddBody(live.Event),
            static (ref from) => new(Sender: from.TakeAccountId(), Event: from.TakeBody<MessageArrived>())),
        new LinkForm<DeliverEvent>(
            131,
            static (deliver, ref to) => to.AddBody(deliver.Event),
            static (ref from) => new(from.TakeBody<ServerEvent>())),
        new LinkForm<AnsweredFor>(
            132,
            static (answered, ref to) => to.Add(answered.Request).Add(answered.Account).AddBody(answered.Response),
            static (ref from) => new(from.TakeNumber(), from.TakeAccountId(), from.TakeBody<Response>())),
        new LinkForm<UndeliveredRead>(
            133,
            static (read, ref to) => to.Add(read.After)
                .AddAll<StoredMessage>([.. read.Messages], static (message, ref to) => to.Add(message))
                .Add(read.IsLast),
            static (ref from) => new(from.TakeMessageId(),
                from.TakeAll(minBytes: 5, static (ref from) => from.TakeStoredMessage()), from.TakeFlag())),
        new LinkForm<StoreFailed>(
            134,
            static (failed, ref to) => to.Add(failed.Request),
            static (ref from) => new(from.TakeNumber())),
        new LinkForm<AccountFound>(
            135,
            static (found, ref to) => to.Add(found.Request)
                .AddOptional(found.Account, static (account, ref to) => to.Add(account)).Add(found.IsUsual),
            static (ref from) => new(from.TakeNumber(),
                from.TakeOptional(static (ref from) => from.TakeAccount()), from.TakeFlag())),
        new LinkForm<SessionBegun>(
            136,
            static (begun, ref to) => to.Add(begun.Request).Add(begun.Account).Add(begun.LiveAfter)
                .Add(begun.UndeliveredCount).AddOptional(begun.Kept).Add(begun.ProvenAt).Add(begun.Since),
            static (ref from) => new(from.TakeNumber(), from.TakeAccount(), from.TakeMessageId(), from.TakeNumber())
            {
                Kept = from.TakeOptionalLoginId(),
                ProvenAt = from.TakeTime(),
                Since = from.TakeTime(),
            }),
        new LinkForm<TokenUsed>(
            137,
            static (used, ref to) => to.Add(used.Request).Add(used.Used).AddOptional(used.Next?.Value),
            static (ref from) => new(from.TakeNumber(), from.TakeUsedToken(), Secret.Of(from.TakeOptionalText()))),
        new LinkForm<SessionEnded>(
            138,
            static (ended, ref to) => to.Add((long)ended.Reason),
            static (ref from) => new(from.TakeEnum<SessionCloseReason>())),
        new LinkForm<Behind>(139, static (_, ref _) => { }, static (ref _) => Behind.Instance),
        new LinkForm<SessionRebound>(
            140,
            static (rebound, ref to) => to.Add(rebound.Request).AddOptional(rebound.Newest),
            static (ref from) => new(from.TakeNumber(), from.TakeOptionalMessageId())),
        new LinkForm<RebindRefused>(
            141,
            static (refused, ref to) => to.Add(refused.Request).Add((long)refused.Reason),
            static (ref from) => new(from.TakeNumber(), from.TakeEnum<SessionCloseReason>())),
    ];
}
