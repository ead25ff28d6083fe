using System.Collections.Immutable;
using JoChat.Storage;

namespace JoChat.Actors;

/// <summary>What the operator asks of the PersistenceActor. No session does, and none of it crosses a link.</summary>
internal static class OperatorCommands
{
    /// <summary>A command of the operator.</summary>
    internal abstract record OperatorCommand() : Command(0);

    /// <summary>List accounts in the order of their names. Answered by <see cref="DetailsListed"/>.</summary>
    /// <param name="AfterKey">Only name keys behind this one.</param>
    /// <param name="Limit">Most accounts, ≥ 0; some hundred take a millisecond or two.</param>
    internal sealed record ListDetails(string AfterKey, int Limit) : OperatorCommand
    {
        public override int Work => MostWork;
    }

    /// <summary>Find an account. Answered by <see cref="DetailsListed"/>, without one if there is none.</summary>
    internal sealed record FindDetails(string NameKey) : OperatorCommand;

    /// <summary>Let nobody log in to an account, revoke its logins and end its sessions; or let its password be good again.
    /// Answered by <see cref="DetailsListed"/>.</summary>
    internal sealed record SetDisabled(string NameKey, bool IsDisabled) : OperatorCommand;

    /// <summary>Give an account another password, revoke its logins and end its sessions. Answered by
    /// <see cref="DetailsListed"/>.</summary>
    internal sealed record ResetPassword(string NameKey, string NewHash) : OperatorCommand;

    /// <summary>Delete an account as its owner would (<see cref="PersistenceCommands.RemoveAccount"/>). Answered by
    /// <see cref="DetailsListed"/> with the account as it was.</summary>
    internal sealed record DeleteNamedAccount(string NameKey) : OperatorCommand
    {
        public override int Work => MostWork;

        /// <summary>Who is to be told, as far as they were looked for.</summary>
        public ImmutableList<AccountId> ToTell { get; init; } = [];

        /// <summary>They are still to be looked for above this id.</summary>
        public AccountId After { get; init; }
    }

    /// <summary>Delete some of the messages that were sent before a time, or only count them, in the order of their ids.
    /// Answered by <see cref="MessagesPruned"/>.</summary>
    /// <param name="Before">The time.</param>
    /// <param name="After">Only ids above this one.</param>
    /// <param name="Deletes">Whether they are deleted; else they are counted.</param>
    internal sealed record PruneMessages(DateTimeOffset Before, MessageId After, bool Deletes) : OperatorCommand, IComesLast
    {
        public override int Work => MostWork;
    }

    /// <summary>Count what there is. Answered by <see cref="Counted"/>.</summary>
    internal sealed record CountAll : OperatorCommand;

    /// <summary>These accounts.</summary>
    internal sealed record DetailsListed(ImmutableArray<OperatedAccount> Accounts) : Reply(0);

    /// <summary>How many were sent before the time, among those up to an id.</summary>
    /// <param name="Count">How many.</param>
    /// <param name="Through">The id.</param>
    /// <param name="IsLast">Whether there are no others behind it.</param>
    internal sealed record MessagesPruned(int Count, MessageId Through, bool IsLast) : Reply(0);

    /// <summary>What there is.</summary>
    internal sealed record Counted(WriterStatistics Statistics) : Reply(0);
}
