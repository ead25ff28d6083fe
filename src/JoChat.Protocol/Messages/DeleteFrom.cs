using System.Globalization;

namespace JoChat.Protocol;

/// <summary><c>delete_from</c>: delete everything that someone has sent me until now.</summary>
/// <param name="Username">Who; null or empty is refused. A name that does not exist is answered like one who never
/// wrote.</param>
public sealed record DeleteFrom(string? Username) : Request
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.DeleteFrom;
}

/// <summary>The messages are gone.</summary>
/// <param name="Count">How many there were.</param>
public sealed record DeletedFrom(long Count) : Response
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.DeleteFrom;
}

internal sealed class DeleteFromCodec() : OperationCodec<DeleteFrom, DeletedFrom>(
    Operation.DeleteFrom, "delete_from",
    new FieldTable<DeleteFrom, string?>(request => request.Username, username => new(username))
        .Add("username", (ref username) => ref username, new Text(2)),
    new FieldTable<DeletedFrom, (string? Text, long? Count)>(
        response => (
            string.Create(CultureInfo.InvariantCulture, $"Deleted {response.Count} messages."), response.Count),
        values => values.Count is { } count and >= 0 ? new(count) : null)
        .InJson("msg", (ref values) => ref values.Text, new Remark())
        .Add("deleted_count", (ref values) => ref values.Count, new Integer(8)));
