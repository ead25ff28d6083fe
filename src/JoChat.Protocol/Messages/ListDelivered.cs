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

internal sealed class ListDeliveredCodec()
    : OperationCodec<ListDelivered, DeliveredListed>(Operation.ListDelivered, "send_messages_to_client")
{
    public override ListDelivered ReadRequest(ref JsonInput data)
    {
        while (data.NextMember()) { }
        return new ListDelivered();
    }

    public override DeliveredListed? ReadResponse(ref JsonInput data) =>
        InboxList.Read(ref data) is { } messages ? new DeliveredListed(messages) : null;

    protected override void Write(ListDelivered request, JsonOutput data) { }

    protected override void Write(DeliveredListed response, JsonOutput data) =>
        InboxList.Write(response.Messages, areDelivered: true, data);

    public override ListDelivered ReadRequest(ref BinaryInput input) => new();

    public override DeliveredListed? ReadResponse(ref BinaryInput input) =>
        new(InboxList.Take(ref input, input.TakeByte()));

    protected override void Write(ListDelivered request, BinaryOutput output) { }

    protected override void Write(DeliveredListed response, BinaryOutput output)
    {
        var messages = response.Messages.AsSpan();
        var newest = messages[^Math.Min(messages.Length, byte.MaxValue)..];
        output.Byte(newest.Length);
        InboxList.Write(newest, output);
    }
}
