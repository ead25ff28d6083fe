using JoChat.Storage;
using JoChat.Testing;

namespace JoChat.Actors.Tests;

public sealed class PendingWatermarksTests
{
    private static readonly AccountId Ada = new(1), Bob = new(2);

    [Fact]
    public void However_often_one_rises_it_is_written_once_and_an_undone_write_is_pending_again()
    {
        var writes = 0;
        var pending = new PendingWatermarks(Intercepted.Of(Intercepted.Nothing<IChatStore>(), _ => writes++));
        foreach (var id in (long[])[5, 9, 7]) { pending.Raise(Ada, new MessageId(id)); }
        pending.WriteAll();
        Assert.Equal((1, 9, false), (writes, pending.Of(Ada).Value, pending.Any));
        pending.Raise(Ada, new MessageId(11)); // while the 9 is being written
        pending.Raise(Bob, new MessageId(3));

        pending.RolledBack();
        Assert.Equal((11, 3), (pending.Of(Ada).Value, pending.Of(Bob).Value));
        pending.Write(Ada);
        pending.Committed();

        Assert.Equal((2, 0, 3), (writes, pending.Of(Ada).Value, pending.Of(Bob).Value));
    }
}
