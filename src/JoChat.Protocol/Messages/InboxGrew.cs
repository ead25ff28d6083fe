namespace JoChat.Protocol;

/// <summary>The event <c>inbox</c>: messages for this connection's account were stored. It goes to side sessions that
/// asked for <see cref="Features.Push"/>, and the newest stands for all before it.</summary>
/// <param name="Through">The id of the newest of them; <see cref="ReadInbox"/> reads them.</param>
public sealed record InboxGrew(long Through) : ServerEvent;

internal sealed class InboxGrewCodec() : EventCodec<InboxGrew>(
    38, "inbox",
    new FieldTable<InboxGrew, long?>(message => message.Through, through => through is { } id ? new(id) : null)
        .Add("through", (ref through) => ref through, new Integer(8)));
