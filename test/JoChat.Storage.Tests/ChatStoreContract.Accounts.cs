namespace JoChat.Storage.Tests;

public abstract partial class ChatStoreContract
{
    [Fact]
    public void An_account_is_found_by_its_key_alone()
    {
        InBatch(() => Store.AddAccount("Ada", "ADA", "hash", Noon));

        Assert.Equal("Ada", Store.FindAccount("ADA")?.Username);
        Assert.Null(Store.FindAccount("Ada"));
        Assert.Null(Store.FindAccount("AD"));
    }

    [Fact]
    public void A_key_is_given_once()
    {
        var first = Add("ada");

        InBatch(() => Assert.Null(Store.AddAccount("Ada", "ADA", "other", Noon)));

        Assert.Equal(new Account(first, "ada", "hash of ada"), Store.FindAccount("ADA"));
    }

    [Fact]
    public void Names_of_one_skeleton_are_found_until_they_are_gone()
    {
        var paul = default(AccountId);
        InBatch(() =>
        {
            paul = Store.AddAccount("Paul", "PAUL", "hash", Noon)!.Value;
            Assert.Equal(["Paul"], Store.FindSameSkeleton("Pau1", Noon, 10)); // in the same batch
            Store.AddAccount("Pau1", "PAU1", "hash", Noon);
        });

        Assert.Equal(["Pau1", "Paul"], Store.FindSameSkeleton("Paul", Noon, 10).Order(StringComparer.Ordinal));
        Assert.Single(Store.FindSameSkeleton("Paul", Noon, 1));
        Assert.Empty(Store.FindSameSkeleton("Paula", Noon, 10));
        InBatch(() => Store.DeleteAccount(paul));
        Assert.Equal(["Pau1"], Store.FindSameSkeleton("Paul", Noon, 10));
    }

    [Fact]
    public void The_kinds_of_password_hashes_are_those_of_the_accounts_that_are_there()
    {
        var first = Add("first");
        InBatch(() =>
        {
            Store.SetPasswordHash(first, "AQAAAAIAAAAB and one");
            Store.AddAccount("second", "SECOND", "AQAAAAIAAAAB and another", Noon);
            Store.AddAccount("third", "THIRD", "short", Noon);
        });
        Assert.Equal(["AQAAAAIAAAAB", "short"], Store.FindHashKinds());

        InBatch(() => Store.SetPasswordHash(first, "AQAAAAIAAAAC and more"));
        Assert.Equal(["AQAAAAIAAAAB", "AQAAAAIAAAAC", "short"], Store.FindHashKinds());
        InBatch(() => Store.DeleteAccount(first));
        Assert.Equal(["AQAAAAIAAAAB", "short"], Store.FindHashKinds());
        InBatch(Store.Reset);
        Assert.Empty(Store.FindHashKinds());
    }

    [Fact]
    public void Accounts_may_look_alike()
    {
        InBatch(() =>
        {
            Assert.NotNull(Store.AddAccount("paul", "PAUL", "hash", Noon));
            Assert.NotNull(Store.AddAccount("pau1", "PAU1", "hash", Noon));
        });

        Assert.Equal("pau1", Store.FindAccount("PAU1")?.Username);
    }

    [Fact]
    public void The_password_hash_is_replaced_for_that_account_alone()
    {
        var (ada, _) = (Add("ada"), Add("bob"));

        InBatch(() => Store.SetPasswordHash(ada, "new"));

        Assert.Equal("new", Store.FindAccount("ADA")?.PasswordHash);
        Assert.Equal("hash of bob", Store.FindAccount("BOB")?.PasswordHash);
    }

    [Fact]
    public void Changing_an_account_that_is_gone_does_nothing()
    {
        var nobody = new AccountId(99);

        InBatch(() =>
        {
            Store.SetPasswordHash(nobody, "hash");
            Store.AdvanceWatermark(nobody, new MessageId(1));
            Store.MarkDeliveredAfter(nobody, new MessageId(0));
            Store.DeleteWhole(nobody);
        });

        Assert.Empty(Reader.ListAccounts("%", 0, 10));
    }

    [Fact]
    public void A_deleted_account_takes_along_what_it_sent_and_received()
    {
        Send(Ada, Bob);
        Send(Bob, Ada);
        var other = Send(Eve, Bob);
        Assert.Equal(1, CountUndelivered(Ada)); // and may cache it

        InBatch(() => Store.DeleteWhole(Ada));

        Assert.Null(Store.FindAccount("ADA"));
        Assert.Equal([other], Ids(Undelivered(Bob)));
        Assert.Equal(0, CountUndelivered(Ada));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void No_account_id_is_given_again_after_deletion_or_reset(bool isReset)
    {
        var ada = Add("ada");
        InBatch(isReset ? Store.Reset : () => Store.DeleteWhole(ada));
        Reopen();

        var next = Add("ada");

        Assert.True(next.Value > ada.Value, $"{next} was given after {ada}");
    }

    [Fact]
    public void A_deleted_account_is_found_no_more_whatever_is_left_of_it()
    {
        var ada = Ada;
        Send(Ada, Bob);
        Send(Bob, Ada);

        InBatch(() => Store.DeleteAccount(ada));

        Assert.Null(Store.FindAccount("ADA"));
        Assert.Null(Reader.FindAccount("ADA"));
        Assert.Equal(["bob"], Reader.ListAccounts("%", 0, 10).Select(account => account.Username));
        Assert.Empty(Reader.ListAccounts("%D%", 0, 10));
        Assert.NotEqual(ada, Add("ada"));
    }

    [Fact]
    public void What_is_left_of_a_deleted_account_is_removed_in_parts_also_after_a_restart()
    {
        const int Messages = 2000;
        var (ada, bob, eve) = (Ada, Bob, Eve);
        InBatch(() =>
        {
            for (var i = 0; i < Messages; i++) { AddMessage(ada, bob, "hello"); }
            AddMessage(eve, bob, "and me");
        });
        Assert.Equal(Messages + 1, CountUndelivered(Bob));

        InBatch(() => Store.DeleteAccount(ada));
        var afterFirst = CountUndelivered(Bob);
        Reopen();
        InBatch(Store.RemoveRemains);
        var afterSecond = CountUndelivered(Bob);
        InBatch(() => Store.DeleteWhole(ada)); // it is gone already: only what is left is removed

        Assert.InRange(afterFirst, Messages / 2, Messages);
        Assert.InRange(afterSecond, 1, afterFirst - 1);
        Assert.Equal("and me", Assert.Single(Undelivered(Bob)).Content);
        Assert.Equal(1, CountUndelivered(Bob));
        Assert.False(Store.HasRemains);
        Assert.Equal(["eve"], Conversations(Bob).Select(with => with.With.Username));
    }

    [Fact]
    public void A_reset_leaves_no_account_and_no_message()
    {
        Send(Ada, Bob);
        Assert.Equal(1, CountUndelivered(Bob)); // and may cache it

        InBatch(Store.Reset);

        Assert.Empty(Reader.ListAccounts("%", 0, 10));
        Assert.Equal(0, CountUndelivered(Bob));
    }

    [Fact]
    public void Accounts_are_listed_by_name_without_regard_to_case()
    {
        Add("bob");
        Add("Cid");
        var ada = Add("Ada");

        var accounts = Reader.ListAccounts("%", 0, 10);

        Assert.Equal(["Ada", "bob", "Cid"], accounts.Select(account => account.Username));
        Assert.Equal(ada, accounts[0].Id);
    }

    [Theory]
    [InlineData(0, 0, "")]
    [InlineData(0, 2, "a b")]
    [InlineData(1, 2, "b c")]
    [InlineData(2, 2, "c")]
    [InlineData(3, 2, "")]
    [InlineData(long.MaxValue, int.MaxValue, "")]
    public void A_list_of_accounts_is_a_page(long start, int count, string expected)
    {
        Add("a");
        Add("b");
        Add("c");

        var accounts = Reader.ListAccounts("%", start, count);

        Assert.Equal(expected, string.Join(' ', accounts.Select(account => account.Username)));
    }

    [Theory]
    [InlineData("ADA", "ada")]
    [InlineData("AD", "")]
    [InlineData("AD%", "ada adam")]
    [InlineData("%A", "ada éa")]
    [InlineData("%D%", @"ada adam d\e")]
    [InlineData("_DA", "ada")]
    [InlineData("_A", "éa")] // one character, though two bytes
    [InlineData("ada", "")] // the key is compared as it is
    [InlineData(@"A\_%", "a_b")]
    [InlineData(@"\%%", "%c")]
    [InlineData(@"%\\%", @"d\e")]
    [InlineData("A*", "")] // no other sign is special
    [InlineData("", "")]
    public void A_pattern_finds_the_names_it_fits(string pattern, string expected)
    {
        foreach (var name in new[] { "ada", "adam", "a_b", "éa", "%c", @"d\e" })
        {
            Add(name);
        }

        var accounts = Reader.ListAccounts(pattern, 0, 10);

        Assert.Equal(expected, string.Join(' ', accounts.Select(account => account.Username)));
    }
}
