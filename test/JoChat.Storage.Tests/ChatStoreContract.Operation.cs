namespace JoChat.Storage.Tests;

public abstract partial class ChatStoreContract
{
    [Fact]
    public void An_operator_sees_an_account_with_what_it_stores_and_its_logins()
    {
        var ada = Add("ada");
        InBatch(() =>
        {
            Store.AddMessage(ada, ada, "hello", Noon);
            Store.AddLogin(
                new NewLogin(ada, "selector", [1, 2, 3], Noon.AddDays(30), new TokenUse(Noon.AddHours(1))), keep: 10);
        });

        var details = Store.FindDetails("ADA")!;

        Assert.Equal(
            (new Account(ada, "ada", "hash of ada"), "ADA", DateTimeOffset.UnixEpoch),
            (details.Account, details.Key, details.CreatedAt));
        Assert.InRange(details.SentBytes, 0, 5 + IChatStore.BytesBesideContent); // about: it is written now and then
        Assert.Equal((1, Noon.AddHours(1)), (details.Logins, details.UsedAt));
        Assert.Null(Store.FindDetails("BOB"));
    }

    [Fact]
    public void An_operator_lists_all_accounts_but_deleted_ones_page_by_page()
    {
        foreach (var name in (string[])["cyd", "ada", "bob", "dan"]) { Add(name); }
        InBatch(() => Store.DeleteAccount(Store.FindAccount("BOB")!.Id));

        var first = Store.ListDetails("", 2);

        Assert.Equal(["ada", "cyd"], first.Select(details => details.Account.Username));
        Assert.Equal(["dan"], Store.ListDetails(first[^1].Key, 2).Select(details => details.Account.Username));
        Assert.Null(first[0].UsedAt);
    }
}
