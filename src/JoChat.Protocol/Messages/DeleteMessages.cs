using System.Collections.Immutable;
using System.Globalization;

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

internal sealed class DeleteMessagesCodec()
    : OperationCodec<DeleteMessages, MessagesDeleted>(Operation.DeleteMessages, "delete_messages")
{
    public override DeleteMessages ReadRequest(ref JsonInput data)
    {
        ImmutableArray<long> ids = [];
        while (data.NextMember())
        {
            if (data.Is("message_ids_to_delete"u8)) { ids = TakeIds(ref data); }
        }
        return new DeleteMessages(ids);
    }

    public override MessagesDeleted? ReadResponse(ref JsonInput data)
    {
        long? deleted = null;
        while (data.NextMember())
        {
            if (data.Is("deleted_count"u8)) { deleted = data.TakeInteger(); }
        }
        return deleted is >= 0 and <= int.MaxValue ? new MessagesDeleted((int)deleted) : null;
    }

    protected override void Write(DeleteMessages request, JsonOutput data)
    {
        data.Name("message_ids_to_delete"u8);
        data.BeginArray();
        foreach (var id in request.Ids) { data.Value(id); }
        data.EndArray();
    }

    protected override void Write(MessagesDeleted response, JsonOutput data)
    {
        data.Member("msg"u8, TextOf(response));
        data.Member("deleted_count"u8, response.Count);
    }

    private static ImmutableArray<long> TakeIds(ref JsonInput data)
    {
        if (!data.TryEnterArray()) { return []; }
        var ids = ImmutableArray.CreateBuilder<long>();
        while (data.NextElement())
        {
            if (data.TryTakeInteger(out var id) && id is { } number) { ids.Add(number); }
        }
        return ids.DrainToImmutable();
    }

    // The greatest id of this form stands for all beyond it and names no message: it must not delete the wrong one.
    public override DeleteMessages ReadRequest(ref BinaryInput input)
    {
        var ids = BinaryLists.Take(ref input, input.TakeByte(), sizeof(uint), static (ref rest) =>
            (long)rest.TakeUInt32());
        return new DeleteMessages(ids.RemoveAll(id => id == uint.MaxValue));
    }

    public override MessagesDeleted? ReadResponse(ref BinaryInput input)
    {
        var deleted = input.TakeByte();
        _ = input.TakeText8();
        return new MessagesDeleted(deleted);
    }

    protected override void Write(DeleteMessages request, BinaryOutput output)
    {
        output.Byte(request.Ids.Length);
        foreach (var id in request.Ids)
        {
            if (id == uint.MaxValue) { throw new ArgumentException($"{id} names no message in this form."); }
            output.UInt32(id);
        }
    }

    protected override void Write(MessagesDeleted response, BinaryOutput output)
    {
        output.Byte(response.Count);
        output.Text8(TextOf(response));
    }

    private static string TextOf(MessagesDeleted response) =>
        string.Create(CultureInfo.InvariantCulture, $"Deleted {response.Count} messages.");
}
