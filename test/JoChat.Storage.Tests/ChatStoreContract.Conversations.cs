namespace JoChat.Storage.Tests;

public abstract partial class ChatStoreContract
{
    [Fact]
    public void A_conversation_is_there_for_both_from_the_first_message_on()
    {
        var id = Send(Ada, Bob, "hello");
        var last = new PairMessage(id, Ada, "hello", Noon, DeliveryState.Stored);

        Assert.Equal([new StoredConversation(new AccountName(Bob, "bob"), 0, last)], Conversations(Ada));
        Assert.Equal([new StoredConversation(new AccountName(Ada, "ada"), 1, last)], Conversations(Bob));
        Assert.Empty(Conversations(Eve));
    }

    [Fact]
    public void Contacts_are_listed_by_name_with_the_one_who_is_known_by_name()
    {
        Send(Eve, Ada);
        Send(Ada, Bob);
        Add("cyd");

        Assert.Equal(["bob", "eve"], Contacts("%", ""));
        Assert.Equal(["bob", "cyd", "eve"], Contacts("%", "CYD"));
        Assert.Equal(["cyd"], Contacts("%C%", "CYD"));
        Assert.Equal(["eve"], Contacts("E%", ""));
        Assert.Empty(Contacts("C%", ""));
        Assert.Equal(["eve"], Reader.ListContacts(Ada, "%", "", 1, 1).Select(contact => contact.Username));

        IEnumerable<string> Contacts(string pattern, string key) =>
            Reader.ListContacts(Ada, pattern, key, 0, 10).Select(contact => contact.Username);
    }

    [Fact]
    public void Contacts_are_those_of_the_newest_conversations()
    {
        Send(Ada, Bob);
        Assert.Equal("bob", Assert.Single(Reader.ListContacts(Ada, "B%", "", 0, 10)).Username);

        for (var i = 0; i < IChatReader.MaxContacts; i++) { Send(Ada, Add($"c{i:000}")); }

        Assert.Equal(IChatReader.MaxContacts, Reader.ListContacts(Ada, "%", "", 0, 1000).Count);
        Assert.Empty(Reader.ListContacts(Ada, "B%", "", 0, 10));
        Assert.Equal("bob", Assert.Single(Reader.ListContacts(Ada, "B%", "BOB", 0, 10)).Username);
    }

    [Fact]
    public void Two_have_a_conversation_from_the_first_message_on()
    {
        Assert.False(Store.HasConversation(Ada, Bob));
        Send(Bob, Ada);

        Assert.True(Store.HasConversation(Ada, Bob));
        Assert.True(Store.HasConversation(Bob, Ada));
        Assert.False(Store.HasConversation(Ada, Eve));
    }

    [Fact]
    public void Contacts_of_an_account_are_those_who_have_the_conversation_in_their_list()
    {
        var (ada, bob, eve) = (Ada, Bob, Eve);
        var (fay, guy) = (Add("fay"), Add("guy"));
        var gone = Add("gone");
        Send(bob, gone);
        Send(gone, ada);
        Send(gone, gone);
        Send(ada, bob);
        InBatch(() =>
        {
            AddWithheld(eve, gone); // gone blocks her: her list alone has it
            AddWithheld(gone, fay); // and fay blocks gone
        });
        var removed = Send(gone, guy);
        InBatch(() => Store.DeleteMessages(guy, new[] { removed.Value }));

        Assert.Equal([ada, bob, eve, gone], Store.FindContactsOf(gone, default, 10));
        Assert.Equal([bob, eve], Store.FindContactsOf(gone, ada, 2));
        Assert.Equal([gone], Store.FindContactsOf(gone, eve, 2));
        Assert.Empty(Store.FindContactsOf(gone, gone, 2));
        Reopen();
        Assert.Equal([ada, bob, eve, gone], Store.FindContactsOf(gone, default, 10));
        InBatch(() => Store.DeleteWhole(gone));
        Assert.Empty(Store.FindContactsOf(gone, default, 10));

        void AddWithheld(AccountId sender, AccountId recipient) => Store.AddMessage(new NewMessage(
            new MessageId(Store.LastMessageId.Value + 1), sender, recipient, "unseen", Noon, IsWithheld: true));
    }

    [Fact]
    public void A_conversation_shows_the_newest_message_of_either_and_its_state()
    {
        Send(Ada, Bob, "first");
        var answer = Send(Bob, Ada, "second");
        InBatch(() => Store.AdvanceWatermark(Ada, answer));

        var expected = new PairMessage(answer, Bob, "second", Noon, DeliveryState.Delivered);
        Assert.Equal(expected, Assert.Single(Conversations(Ada)).LastMessage);
        Assert.Equal(expected, Assert.Single(Conversations(Bob)).LastMessage);
    }

    [Fact]
    public void A_conversation_with_oneself_is_one()
    {
        Send(Ada, Ada);
        Send(Ada, Ada);

        var conversation = Assert.Single(Conversations(Ada));
        Assert.Equal(new AccountName(Ada, "ada"), conversation.With);
        Assert.Equal(2, conversation.UnreadCount);
    }

    [Fact]
    public void Unread_is_what_the_other_sent_above_the_read_watermark()
    {
        var m = AddFiveMessages();
        Send(Bob, Ada);
        InBatch(() => Store.MarkReadThrough(Bob, Ada, m[1], 1));
        InBatch(() => Store.DeleteAll(Bob, [m[3].Value]));

        Assert.Equal(2, Assert.Single(Conversations(Bob)).UnreadCount);
        Assert.Equal(1, Assert.Single(Conversations(Ada)).UnreadCount);
    }

    [Fact]
    public void Counting_unread_messages_stops_at_a_bound()
    {
        var (ada, bob) = (Add("ada"), Add("bob"));
        InBatch(() =>
        {
            for (var i = 0; i <= IChatStore.MaxUnreadCount; i++) { AddMessage(ada, bob, ""); }
        });

        Assert.Equal(IChatStore.MaxUnreadCount, Assert.Single(Conversations(bob)).UnreadCount);
    }

    [Fact]
    public void Conversations_are_listed_by_their_last_message_the_newest_first()
    {
        var (ada, bob, cid, dan) = (Add("ada"), Add("bob"), Add("cid"), Add("dan"));
        Send(ada, bob);
        Send(cid, ada);
        Send(ada, dan);
        Send(cid, dan);
        Send(bob, ada);

        Assert.Equal(["bob", "dan", "cid"], Names(Conversations(ada)));
        Assert.Empty(Conversations(ada, limit: 0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Conversations_are_listed_in_pages_without_gap_or_repetition(int size)
    {
        string[] others = ["b", "c", "d", "e", "f", "g"];
        foreach (var other in others) { Send(Add(other), Ada); }

        var names = new List<string>();
        for (var page = Conversations(Ada, limit: size); page.Count > 0 && names.Count < 2 * others.Length;)
        {
            names.AddRange(Names(page));
            page = Conversations(Ada, page[^1].LastMessage.Id.Value, size);
        }

        Assert.Equal(others.Reverse(), names);
    }

    [Fact]
    public void A_conversation_falls_back_to_the_message_before_a_deleted_one()
    {
        var (first, second) = (Send(Ada, Bob), Send(Ada, Bob));

        InBatch(() => Store.DeleteAll(Bob, [second.Value]));
        Assert.Equal(first, Assert.Single(Conversations(Ada)).LastMessage.Id);

        InBatch(() => Store.DeleteAll(Bob, [first.Value]));
        Assert.Empty(Conversations(Ada));

        var third = Send(Bob, Ada);
        Assert.Equal(third, Assert.Single(Conversations(Ada)).LastMessage.Id);
    }

    [Fact]
    public void An_account_that_is_deleted_vanishes_from_conversations()
    {
        Send(Ada, Bob);
        Send(Bob, Ada);
        Send(Eve, Bob);

        InBatch(() => Store.DeleteWhole(Ada));

        Assert.Equal(["eve"], Names(Conversations(Bob)));
        Assert.Empty(Conversations(Ada));
        Assert.Empty(History(Bob, Ada));
    }

    [Fact]
    public void An_account_with_a_deleted_ones_name_inherits_nothing()
    {
        var (ada, bob) = (Add("ada"), Add("bob"));
        InBatch(() => Offer(ada, bob, "hello", "c1"));
        MarkRead(bob, ada, long.MaxValue);
        InBatch(() => Store.DeleteWhole(ada));

        var next = Add("ada");
        Assert.Null(OfferAlone(next, bob, "hello", "c1"));

        Assert.Equal(1, Assert.Single(Conversations(bob)).UnreadCount);
    }

    [Fact]
    public void A_reset_leaves_no_conversation_and_no_client_id()
    {
        var (ada, bob) = (Add("ada"), Add("bob"));
        InBatch(() => Offer(ada, bob, "hello", "c1"));
        InBatch(Store.Reset);
        (ada, bob) = (Add("ada"), Add("bob"));

        Assert.Empty(Conversations(bob));
        Assert.Null(OfferAlone(ada, bob, "hello", "c1"));
        Assert.Equal(["ada"], Names(Conversations(bob)));
    }

    [Fact]
    public void A_conversation_that_gets_a_message_while_a_page_is_read_is_on_it()
    {
        var others = Enumerable.Range(0, 20).Select(i => Add($"p{i}")).ToList();
        foreach (var other in others) { Send(other, Ada); }
        var listed = new List<AccountId>();

        for (var rest = new ConversationListing(Ada, new MessageId(long.MaxValue), 20, new ByteBudget(10_000)); rest is not null;)
        {
            var part = Reader.ListConversations(rest);
            listed.AddRange(part.Items.Select(conversation => conversation.With.Id));
            rest = part.Rest;
            Send(others[0], Ada);
        }

        Assert.Equal(others.AsEnumerable().Reverse(), listed);
    }

    [Fact]
    public void A_conversation_whose_first_message_was_rolled_back_begins_with_the_next()
    {
        var (ada, bob) = (Add("ada"), Add("bob"));
        Store.Begin();
        AddMessage(ada, bob, "undone");
        Store.Rollback();
        Assert.Empty(Conversations(bob));

        Send(ada, bob);

        Assert.Equal(["ada"], Names(Conversations(bob)));
        Assert.Equal(["bob"], Names(Conversations(ada)));
    }

    [Fact]
    public void Conversations_survive_reopening()
    {
        AddFiveMessages();
        var before = Conversations(Bob);

        Reopen();
        Assert.Equal(before, Conversations(Bob));

        Send(Ada, Bob);
        Assert.Equal(6, Assert.Single(Conversations(Bob)).UnreadCount);
    }

    private IReadOnlyList<StoredConversation> Conversations(
        AccountId account, long before = long.MaxValue, int limit = 100, int maxBytes = 10_000) =>
        Reader.ListConversations(account, new MessageId(before), limit, maxBytes);

    private static IEnumerable<string> Names(IEnumerable<StoredConversation> conversations) =>
        conversations.Select(conversation => conversation.With.Username);
}
