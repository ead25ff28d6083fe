using System.Collections.Immutable;

namespace JoChat.Cluster;

/// <summary>How the commands of sessions to the ReaderActor cross a link, without what the actors note in them.
/// </summary>
internal static class ReaderCommandForms
{
    // The numbers go on behind those of CommandForms.
    public static readonly ImmutableArray<LinkForm> All =
    [
        new LinkForm<FindAccounts>(
            28,
            static (find, ref to) => to.Add(find.Request).Add(find.Listing.KeyPattern).Add(find.Listing.Start)
                .Add(find.Listing.Count),
            static (ref from) => new(from.TakeNumber(), new(from.TakeText(), from.TakeNumber(), from.TakeInt32()))),
        new LinkForm<FindContacts>(
            29,
            static (find, ref to) => to.Add(find.Request).Add(find.Account).Add(find.Username).Add(find.KeyPattern)
                .Add(find.NameKey).Add(find.Start).Add(find.Count),
            static (ref from) => new(from.TakeNumber(), from.TakeAccountId(), from.TakeText(), from.TakeText(),
                from.TakeText(), from.TakeNumber(), from.TakeInt32())),
        new LinkForm<FindConversations>(
            30,
            static (find, ref to) => to.Add(find.Request).Add(find.Account).Add(find.Username).Add(find.Before)
                .Add(find.Count),
            static (ref from) => new(from.TakeNumber(), from.TakeAccountId(), from.TakeText(), from.TakeMessageId(),
                from.TakeInt32())),
        new LinkForm<FindHistory>(
            31,
            static (find, ref to) => to.Add(find.Request).Add(find.Account).Add(find.Username).Add(find.WithKey)
                .Add(find.Before).Add(find.Count),
            static (ref from) => new(from.TakeNumber(), from.TakeAccountId(), from.TakeText(), from.TakeText(),
                from.TakeMessageId(), from.TakeInt32())),
        new LinkForm<FindBlocked>(
            32,
            static (find, ref to) => to.Add(find.Request).Add(find.Account).Add(find.Username).Add(find.After)
                .Add(find.Count),
            static (ref from) => new(from.TakeNumber(), from.TakeAccountId(), from.TakeText(), from.TakeAccountId(),
                from.TakeInt32())),
        new LinkForm<FindInbox>(
            33,
            static (find, ref to) => to.Add(find.Request).Add(find.Account).Add(find.Username).Add(find.Page.After)
                .Add(find.Page.Before).Add(find.Page.FromOldest).Add(find.Page.UndeliveredOnly).Add(find.Page.Limit),
            static (ref from) => new(from.TakeNumber(), from.TakeAccountId(), from.TakeText(),
                new(from.TakeMessageId(), from.TakeMessageId(), from.TakeFlag(), from.TakeFlag(), from.TakeInt32()))),
    ];
}
