using System.Collections.Immutable;
using System.Runtime.InteropServices;
using JoChat.Actors;

namespace JoChat.Cluster;

/// <summary>How the commands of sessions to the PersistenceActor cross a link, without what the actor itself notes in
/// them between the parts of a long one.</summary>
internal static class CommandForms
{
    // A number never changes, and one that was taken is never given again.
    public static readonly ImmutableArray<LinkForm> All =
    [
        new LinkForm<StoreMessage>(
            1,
            static (store, ref to) => to.Add(store.Request).Add(store.Account).Add(store.Sender)
                .Add(store.RecipientKey).Add(store.Content).AddOptional(store.ClientId),
            static (ref from) => new(from.TakeNumber(), from.TakeAccountId(), from.TakeText(), from.TakeText(),
                from.TakeText(), from.TakeOptionalText())),
        new LinkForm<ConfirmDelivery>(
            2,
            static (confirm, ref to) => to.Add(confirm.Account).Add(confirm.By).Add(confirm.Through)
                .Add(confirm.Sender)
                .AddAll(confirm.Earlier.AsSpan(), static (one, ref to) => to.Add(one.Id).Add(one.Sender)),
            static (ref from) => new(from.TakeAccountId(), from.TakeText(), from.TakeMessageId(), from.TakeAccountId(),
                Immutable(from.TakeAll(minBytes: 2, static (ref from) =>
                    new DeliveredMessage(from.TakeMessageId(), from.TakeAccountId()))))),
        new LinkForm<ReadUndelivered>(
            3,
            static (read, ref to) => to.Add(read.Account).Add(read.After).Add(read.Limit).Add(read.MaxBytes),
            static (ref from) => new(from.TakeAccountId(), from.TakeMessageId(), from.TakeInt32(), from.TakeInt32())),
        new LinkForm<CountUndelivered>(
            4,
            static (count, ref to) => to.Add(count.Request).Add(count.Account).Add(count.LiveAfter),
            static (ref from) => new(from.TakeNumber(), from.TakeAccountId(), from.TakeMessageId())),
        new LinkForm<FetchUndelivered>(
            5,
            static (fetch, ref to) => to.Add(fetch.Request).Add(fetch.Account).Add(fetch.LiveAfter).Add(fetch.Limit),
            static (ref from) => new(from.TakeNumber(), from.TakeAccountId(), from.TakeMessageId(), from.TakeInt32())),
        new LinkForm<ListAndDeliver>(
            6,
            static (list, ref to) => to.Add(list.Request).Add(list.Account).Add(list.LiveAfter).Add(list.DeliversLive),
            static (ref from) => new(from.TakeNumber(), from.TakeAccountId(), from.TakeMessageId(), from.TakeFlag())),
        new LinkForm<MarkInboxDelivered>(
            7,
            static (mark, ref to) => to.Add(mark.Request).Add(mark.Account).Add(mark.Through),
            static (ref from) => new(from.TakeNumber(), from.TakeAccountId(), from.TakeMessageId())),
        new LinkForm<DiscardMessages>(
            8,
            static (discard, ref to) => to.Add(discard.Request).Add(discard.Account)
                .AddAll(discard.Ids.Span, static (id, ref to) => to.Add(id)),
            static (ref from) => new(from.TakeNumber(), from.TakeAccountId(),
                from.TakeAll(minBytes: 1, static (ref from) => from.TakeNumber()))),
        new LinkForm<DeleteAllFrom>(
            9,
            static (delete, ref to) => to.Add(delete.Request).Add(delete.Account).Add(delete.OtherKey),
            static (ref from) => new(from.TakeNumber(), from.TakeAccountId(), from.TakeText())),
        new LinkForm<MarkConversationRead>(
            10,
            static (mark, ref to) => to.Add(mark.Request).Add(mark.Account).Add(mark.Username).Add(mark.WithKey)
                .Add(mark.Through),
            static (ref from) => new(from.TakeNumber(), from.TakeAccountId(), from.TakeText(), from.TakeText(),
                from.TakeMessageId())),
        new LinkForm<RelayTyping>(
            11,
            static (relay, ref to) => to.Add(relay.Request).Add(relay.Account).Add(relay.Username)
                .Add(relay.RecipientKey).Add(relay.IsTyping),
            static (ref from) => new(from.TakeNumber(), from.TakeAccountId(), from.TakeText(), from.TakeText(),
                from.TakeFlag())),
        new LinkForm<FindPresent>(12, WriteFindPresent, ReadFindPresent),
        new LinkForm<FindPresentContacts>(
            13,
            static (find, ref to) => WriteFindPresent(find.Among, ref to),
            static (ref from) => new(ReadFindPresent(ref from))),
        new LinkForm<BlockAccount>(
            14,
            static (block, ref to) => to.Add(block.Request).Add(block.Account).Add(block.Username).Add(block.OtherKey),
            static (ref from) => new(from.TakeNumber(), from.TakeAccountId(), from.TakeText(), from.TakeText())),
        new LinkForm<UnblockAccount>(
            15,
            static (unblock, ref to) => to.Add(unblock.Request).Add(unblock.Account).Add(unblock.Username)
                .Add(unblock.OtherKey),
            static (ref from) => new(from.TakeNumber(), from.TakeAccountId(), from.TakeText(), from.TakeText())),
        new LinkForm<CreateAccount>(
            16,
            static (create, ref to) => to.Add(create.Request).Add(create.Name.Text).Add(create.PasswordHash),
            static (ref from) => new(from.TakeNumber(), from.TakeUsername(), from.TakeText())),
        new LinkForm<FindAccount>(
            17,
            static (find, ref to) => to.Add(find.Request).Add(find.NameKey).Add(find.From),
            static (ref from) => new(from.TakeNumber(), from.TakeText(), from.TakeClientAddress())),
        new LinkForm<BeginSession>(
            18,
            static (begin, ref to) => to.Add(begin.Request).Add(begin.Account).AddOptional(begin.BetterHash)
                .Add(begin.Takeover).AddOptional(begin.Token, static (token, ref to) => to.Add(token))
                .Add(begin.Client).Add(begin.Features),
            static (ref from) => new(from.TakeNumber(), from.TakeAccount(), from.TakeOptionalText())
            {
                Takeover = from.TakeFlag(),
                Token = from.TakeOptional(static (ref from) => from.TakeNewToken()),
                Client = from.TakeClientInfo(),
                Features = from.TakeFeatures(),
            }),
        new LinkForm<UseToken>(
            19,
            static (use, ref to) => to.Add(use.Request).Add(use.Token).Add(use.Rotates).Add(use.Client),
            static (ref from) => new(from.TakeNumber(), from.TakeTokenHash(), from.TakeFlag(), from.TakeClientInfo())),
        new LinkForm<ResumeSession>(
            20,
            static (resume, ref to) => to.Add(resume.Request).Add(resume.Used).Add(resume.Features)
                .Add(resume.Takeover),
            static (ref from) => new(from.TakeNumber(), from.TakeUsedToken(), from.TakeFeatures(), from.TakeFlag())),
        new LinkForm<EndSession>(
            21,
            static (end, ref to) => to.Add(end.Request).Add(end.Account).AddOptional(end.Revoked),
            static (ref from) => new(from.TakeNumber(), from.TakeAccountId(), from.TakeOptionalLoginId())),
        new LinkForm<FindLogins>(
            22,
            static (find, ref to) => to.Add(find.Request).Add(find.Account).AddOptional(find.Own),
            static (ref from) => new(from.TakeNumber(), from.TakeAccountId(), from.TakeOptionalLoginId())),
        new LinkForm<EndLogin>(
            23,
            static (end, ref to) => to.Add(end.Request).Add(end.Account).Add(end.Login.Value),
            static (ref from) => new(from.TakeNumber(), from.TakeAccountId(), new(from.TakeNumber()))),
        new LinkForm<ReplacePassword>(
            24,
            static (replace, ref to) => to.Add(replace.Request).Add(replace.Account).Add(replace.NewHash),
            static (ref from) => new(from.TakeNumber(), from.TakeAccount(), from.TakeText())),
        new LinkForm<RemoveAccount>(
            25,
            static (remove, ref to) => to.Add(remove.Request).Add(remove.Account),
            static (ref from) => new(from.TakeNumber(), from.TakeAccountId())),
        new LinkForm<ChangeFeatures>(
            26,
            static (change, ref to) => to.Add(change.Account).Add(change.Features),
            static (ref from) => new(from.TakeAccountId(), from.TakeFeatures())),
        new LinkForm<ResetStore>(
            27,
            static (reset, ref to) => to.Add(reset.Request),
            static (ref from) => new(from.TakeNumber())),
        new LinkForm<RebindSession>(
            35,
            static (rebind, ref to) => to.Add(rebind.Request).Add(rebind.Login).Add(rebind.Features)
                .AddOptional(rebind.DeliveredThrough),
            static (ref from) => new(from.TakeNumber(), from.TakeSessionLogin(), from.TakeFeatures(),
                from.TakeOptionalMessageId())),
        new LinkForm<WatchAgain>(
            36,
            static (watch, ref to) => to.Add(watch.Request).Add(watch.Account)
                .AddAll(watch.NameKeys.AsSpan(), static (key, ref to) => to.Add(key)).Add(watch.OnlyContacts),
            static (ref from) => new(from.TakeNumber(), from.TakeAccountId(),
                Immutable(from.TakeAll(minBytes: 1, static (ref from) => from.TakeText())), from.TakeFlag())),
        new LinkForm<SessionGone>(34, static (_, ref _) => { }, static (ref _) => SessionGone.Instance),
    ];

    private static void WriteFindPresent(FindPresent find, ref LinkOutput to) =>
        to.Add(find.Request).Add(find.Account).AddAll(find.NameKeys.AsSpan(), static (key, ref to) => to.Add(key))
            .Add(find.AndWatch);

    private static FindPresent ReadFindPresent(ref LinkInput from) => new(
        from.TakeNumber(), from.TakeAccountId(),
        Immutable(from.TakeAll(minBytes: 1, static (ref from) => from.TakeText())), from.TakeFlag());

    private static ImmutableArray<T> Immutable<T>(T[] values) => ImmutableCollectionsMarshal.AsImmutableArray(values);
}
