namespace JoChat.Storage.Tests;

public abstract partial class ChatStoreContract
{
    [Fact]
    public void A_reader_sees_each_commit_and_nothing_of_an_open_batch()
    {
        var first = Send(Ada, Bob);
        Store.Begin();
        var second = AddMessage(Ada, Bob, "again");
        Store.AddAccount("cid", "CID", "hash", Noon);

        var beside = (Ids(History(Ada, Bob)), Names(Conversations(Bob)), Reader.FindAccount("CID"));
        Store.Commit();

        Assert.Equal([first], beside.Item1);
        Assert.Equal(["ada"], beside.Item2);
        Assert.Null(beside.Item3);
        Assert.Equal([first, second], Ids(History(Ada, Bob)));
        Assert.Equal("cid", Reader.FindAccount("CID")?.Username);
    }

    [Fact]
    public void Several_readers_see_the_same()
    {
        Add("ada");
        using var other = Store.OpenReader();

        Assert.Equal(Reader.ListAccounts("%", 0, 10), other.ListAccounts("%", 0, 10));
    }

    [Fact]
    public void A_name_that_is_deleted_is_not_found_and_one_that_comes_back_is()
    {
        var ada = Add("ada");
        InBatch(() => Store.DeleteWhole(ada));

        var gone = Reader.ListAccounts("%D%", 0, 10);
        var again = Add("ada");
        var back = Reader.ListAccounts("%D%", 0, 10);
        InBatch(Store.Reset);

        Assert.Empty(gone);
        Assert.Equal([new AccountName(again, "ada")], back);
        Assert.Empty(Reader.ListAccounts("%D%", 0, 10));
        Add("ada"); // a reset leaves nothing in its way
    }
}
