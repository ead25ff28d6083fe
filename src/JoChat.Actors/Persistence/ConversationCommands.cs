using System.Collections.Immutable;
using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors;

// What sessions ask of the PersistenceActor about the people their account talks with.

/// <summary>Mark what another wrote to the account as read.</summary>
internal sealed record NoteRead(AccountId Account, string Username, string WithKey, MessageId Through)
    : AccountCommand(Account)
{
    public override Operation Operation => Operation.MarkRead;
}

/// <summary>Let another see that the account's person is writing, or no more.</summary>
internal sealed record NoteTyping(AccountId Account, string Username, string RecipientKey, bool IsTyping)
    : AccountCommand(Account)
{
    public override Operation Operation => Operation.Typing;
}

/// <summary>Tell who of these is online.</summary>
/// <param name="Account">Who asks.</param>
/// <param name="NameKeys">Of whom.</param>
/// <param name="AndWatch">Whether to tell the session of changes too, until it asks again.</param>
internal sealed record FindPresent(AccountId Account, ImmutableArray<string> NameKeys, bool AndWatch)
    : AccountCommand(Account)
{
    public override Operation Operation => Operation.AskPresence;
}
