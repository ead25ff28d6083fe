using System.Collections.Immutable;

namespace JoChat.Protocol;

/// <summary><c>delete_messages</c>: delete messages that I received.</summary>
/// <param name="Ids">The ids that were integers; empty if the list was missing, no list, or held none.</param>
public sealed record DeleteMessages(ImmutableArray<long> Ids) : Request
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.DeleteMessages;
}

/// <summary>The messages are gone.</summary>
/// <param name="Count">How many of the ids named a message that I had received.</param>
public sealed record MessagesDeleted(int Count) : Response
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.DeleteMessages;
}
