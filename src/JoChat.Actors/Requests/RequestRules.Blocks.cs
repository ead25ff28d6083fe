using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors;

// Whom an account blocks, and what it deletes of one person.
internal static partial class RequestRules
{
    private static object JudgeBlock(Block block, long number, SessionLogin login)
    {
        if (string.IsNullOrEmpty(block.Username)) { return Refusals.NoUsername(Operation.Block); }
        return Username.TryParse(block.Username, out var other, out _)
            ? new BlockAccount(number, login.Id, login.Username, other.Key)
            : Refusals.NobodyToBlock;
    }

    private static object JudgeUnblock(Unblock unblock, long number, SessionLogin login)
    {
        if (string.IsNullOrEmpty(unblock.Username)) { return Refusals.NoUsername(Operation.Unblock); }
        return Username.TryParse(unblock.Username, out var other, out _)
            ? new UnblockAccount(number, login.Id, login.Username, other.Key)
            : new Unblocked();
    }

    private static object JudgeBlocked(ListBlocked list, long number, SessionLogin login)
    {
        if (list.Count < 0) { return Refusals.InvalidPage(Operation.ListBlocked); }
        var count = Math.Min(list.Count, Limits.MaxListedBlocked);
        return new FindBlocked(number, login.Id, login.Username, new AccountId(list.After ?? 0), count);
    }

    private static object JudgeDeleteFrom(DeleteFrom delete, long number, SessionLogin login)
    {
        if (string.IsNullOrEmpty(delete.Username)) { return Refusals.NoUsername(Operation.DeleteFrom); }
        return Username.TryParse(delete.Username, out var other, out _)
            ? new DeleteAllFrom(number, login.Id, other.Key)
            : new DeletedFrom(0);
    }
}
