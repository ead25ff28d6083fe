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

internal sealed class DeleteMessagesCodec() : OperationCodec<DeleteMessages, MessagesDeleted>(
    Operation.DeleteMessages, "delete_messages",
    new FieldTable<DeleteMessages, ImmutableArray<long>?>(request => request.Ids, ids => new(ids ?? []))
        .Add("message_ids_to_delete", (ref ids) => ref ids, new DeletedIds()),
    new FieldTable<MessagesDeleted, (string? Text, long? Count)>(
        response => (
            string.Create(CultureInfo.InvariantCulture, $"Deleted {response.Count} messages."), response.Count),
        values => values.Count is >= 0 and <= int.MaxValue ? new((int)values.Count) : null)
        .InJson("msg", (ref values) => ref values.Text, new Remark())
        .Add("deleted_count", (ref values) => ref values.Count, new Integer(1))
        .InBinary((ref values) => ref values.Text, new Remark()));

/// <summary>Ids of messages to delete. In JSON, what is no integer is ignored.</summary>
internal readonly struct DeletedIds : IFieldType<ImmutableArray<long>?>
{
    public ImmutableArray<long>? Read(ref JsonInput json)
    {
        if (!json.TryEnterArray()) { return []; }
        var ids = ImmutableArray.CreateBuilder<long>();
        while (json.NextElement())
        {
            if (json.TryTakeInteger(out var id) && id is { } number) { ids.Add(number); }
        }
        return ids.DrainToImmutable();
    }

    public void Write(ImmutableArray<long>? value, ReadOnlySpan<byte> name, JsonOutput json) =>
        JsonLists.Write(name, value ?? [], json);

    // The greatest id of this form stands for all beyond it and names no message: it must not delete the wrong one.
    public ImmutableArray<long>? Read(ref BinaryInput binary)
    {
        var ids = BinaryLists.Take(ref binary, binary.TakeByte(), sizeof(uint), static (ref rest) =>
            (long)rest.TakeUInt32());
        return ids.RemoveAll(id => id == uint.MaxValue);
    }

    public void Write(ImmutableArray<long>? value, BinaryOutput binary)
    {
        var ids = value ?? [];
        binary.Byte(ids.Length);
        foreach (var id in ids)
        {
            if (id == uint.MaxValue) { throw new ArgumentException($"{id} names no message in this form."); }
            binary.UInt32(id);
        }
    }
}
