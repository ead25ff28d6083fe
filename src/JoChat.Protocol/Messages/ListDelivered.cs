using System.Collections.Immutable;

namespace JoChat.Protocol;

/// <summary><c>send_messages_to_client</c>: every message of mine that was delivered, live or fetched, and not deleted.
/// </summary>
public sealed record ListDelivered : Request
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.ListDelivered;
}

/// <summary>The delivered messages, ascending by id; the newest ones if not all fit
/// (<see cref="Limits.MaxListedBytes"/>).</summary>
/// <param name="Messages">The messages.</param>
public sealed record DeliveredListed(ImmutableArray<InboxMessage> Messages) : Response
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.ListDelivered;
}

/// <summary>A message as its recipient sees it in a list.</summary>
/// <param name="Id">The message's id; ascends in the order of storing.</param>
/// <param name="Sender">Who wrote it.</param>
/// <param name="Content">The text.</param>
public readonly record struct InboxMessage(long Id, string Sender, string Content);

internal sealed class ListDeliveredCodec() : OperationCodec<ListDelivered, DeliveredListed>(
    Operation.ListDelivered, "send_messages_to_client", new EmptyFields<ListDelivered>(),
    new FieldTable<DeliveredListed, ImmutableArray<InboxMessage>?>(
        response => response.Messages, messages => messages is { } listed ? new(listed) : null)
        .Add("msg", (ref messages) => ref messages, InboxMessageFields.List(areDelivered: true)));

/// <summary>Lists of messages as the original has them: in JSON in <c>msg</c>, where other responses have a text.
/// </summary>
internal static class InboxMessageFields
{
    private const int MinBytes = sizeof(uint) + sizeof(byte) + sizeof(ushort);

    /// <summary>A list.</summary>
    /// <param name="areDelivered">Whether each is marked <c>to_deliver</c>: 1.</param>
    public static ObjectList<InboxMessage> List(bool areDelivered) =>
        new(Of(areDelivered), countBytes: areDelivered ? 1 : 2, MinBytes, keepsLast: areDelivered);

    private static MessageFields<InboxMessage?> Of(bool areDelivered) =>
        new FieldTable<InboxMessage?, (long? Id, string? Sender, string? Content, long? Mark)>(
            message => (message?.Id, message?.Sender, message?.Content, areDelivered ? 1 : null),
            values => values is ({ } id, { } sender, { } content, _) ? new InboxMessage(id, sender, content) : null)
            .Add("id", (ref values) => ref values.Id, new Integer(4))
            .Add("sender", (ref values) => ref values.Sender, new Text(1))
            .Add("content", (ref values) => ref values.Content, new Text(2))
            .InJson("to_deliver", (ref values) => ref values.Mark, new Integer());
}
