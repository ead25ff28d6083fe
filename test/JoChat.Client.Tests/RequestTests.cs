using JoChat.Protocol;

namespace JoChat.Client.Tests;

/// <summary>What each method sends, and what it makes of the answer.</summary>
public sealed class RequestTests : ClientTestKit
{
    private static readonly InboxMessage Hi = new(7, "bob", "hi");
    private JoChatClient _client = null!; // set before each test
    private ScriptedPeer _peer = null!;

    public override async Task InitializeAsync() => (_client, _peer) = await ConnectAsync();

    [Fact]
    public async Task Signing_up_sends_the_name_and_the_hash_of_the_password()
    {
        var signUp = _client.SignUpAsync("ada", new Secret("abc"));
        var request = await _peer.AnswerAsync<SignUp>(new SignedUp());
        await signUp.OrFail();

        Assert.Equal("ada", request.Username);
        Assert.Equal(PasswordHash.Of(new Secret("abc")), request.Password);
    }

    [Fact]
    public async Task Logging_in_gives_the_unread_count_and_remembers_who()
    {
        Assert.Equal(3, await LogInAsync(unread: 3));

        Assert.Equal("ada", _client.Username);
    }

    [Fact]
    public async Task An_account_made_with_an_uncomposed_password_is_logged_in()
    {
        var typed = new Secret("pe\u0301"); // as a keyboard of macOS may have it
        var asTyped = Convert.ToHexStringLower(
            System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(typed.Value)));

        var logIn = _client.LogInAsync("ada", typed);
        var first = await _peer.AnswerAsync<LogIn>(new Refused(Operation.LogIn, ErrorCode.BadCredentials, "Wrong."));
        var second = await _peer.AnswerAsync<LogIn>(new LoggedIn(2));

        Assert.Equal(2, await logIn.OrFail());
        Assert.Equal((PasswordHash.Of(typed).Value, asTyped), (first.Password!.Value.Value, second.Password!.Value.Value));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_revokes_the_own_login_is_logged_out(bool isOwn)
    {
        await LogInAsync();
        var revoke = _client.RevokeLoginAsync(7);
        var request = await _peer.AnswerAsync<RevokeLogin>(new LoginRevoked(isOwn));

        Assert.Equal(isOwn, await revoke.OrFail());
        Assert.Equal((7L, isOwn ? null : "ada"), (request.Login!.Value, _client.Username));
    }

    [Theory]
    [InlineData("pw")] // both forms are one
    [InlineData("pe\u0301")]
    public async Task A_wrong_password_is_refused_once_every_form_of_it_is_tried(string password)
    {
        var logIn = _client.LogInAsync("ada", new Secret(password));
        var refused = new Refused(Operation.LogIn, ErrorCode.BadCredentials, "Wrong.");
        await _peer.AnswerAsync<LogIn>(refused);
        if (password != "pw") { await _peer.AnswerAsync<LogIn>(refused); }

        Assert.Equal("Wrong.", (await Assert.ThrowsAsync<RefusedException>(() => logIn.OrFail())).Message);
        Assert.Null(_client.Username);
        await ConverseAsync(_client, _peer); // the fence: nothing else was asked
    }

    [Fact]
    public async Task An_old_password_is_tried_in_both_forms_too_and_the_new_one_sent_in_one()
    {
        var change = _client.ChangePasswordAsync(new Secret("pe\u0301"), new Secret("ne\u0301"));
        var first = await _peer.AnswerAsync<ChangePassword>(
            new Refused(Operation.ChangePassword, ErrorCode.BadCredentials, "Old password is wrong."));
        var second = await _peer.AnswerAsync<ChangePassword>(new PasswordChanged());
        await change.OrFail();

        Assert.NotEqual(first.OldPassword, second.OldPassword);
        Assert.Equal(PasswordHash.Of(new Secret("n\u00E9")), second.NewPassword);
        Assert.Equal(first.NewPassword, second.NewPassword);
    }

    [Fact]
    public async Task A_message_names_as_its_sender_who_is_logged_in()
    {
        await LogInAsync();

        var send = _client.SendAsync("bob", "hi");
        var request = await _peer.AnswerAsync<SendMessage>(new MessageStored());
        await send.OrFail();

        Assert.Equal(("ada", "bob", "hi"), (request.Sender, request.Recipient, request.Content));
    }

    [Fact]
    public async Task A_message_before_login_is_refused_without_asking_the_server()
    {
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => _client.SendAsync("bob", "hi"));

        Assert.Equal(ErrorCode.NotLoggedIn, refusal.Code);
        var count = _client.CountUnreadAsync(); // the fence: the first thing the server hears of
        await _peer.AnswerAsync<CountUnread>(new UnreadCounted(5));
        Assert.Equal(5, await count.OrFail());
    }

    [Fact]
    public async Task After_logging_out_and_after_deleting_the_account_nobody_is_logged_in()
    {
        await LogInAsync();
        var logOut = _client.LogOutAsync();
        await _peer.AnswerAsync<LogOut>(new LoggedOut());
        await logOut.OrFail();
        Assert.Null(_client.Username);

        await LogInAsync();
        var delete = _client.DeleteAccountAsync(new Secret("pw"));
        Assert.Null((await _peer.AnswerAsync<DeleteAccount>(Refusals.PasswordRequired)).Password);
        var asked = await _peer.AnswerAsync<DeleteAccount>(new AccountDeleted());
        Assert.Equal(PasswordHash.Of(new Secret("pw")), asked.Password);
        await delete.OrFail();
        Assert.Null(_client.Username);
    }

    [Fact]
    public async Task Fetching_sends_the_limit_and_gives_the_messages_and_so_does_listing_the_delivered_ones()
    {
        var fetch = _client.FetchAwayAsync(limit: 4);
        var request = await _peer.AnswerAsync<FetchAway>(new AwayFetched([Hi]));
        Assert.Equal<InboxMessage>([Hi], await fetch.OrFail());
        Assert.Equal(4, request.Limit);

        var list = _client.ListDeliveredAsync();
        await _peer.AnswerAsync<ListDelivered>(new DeliveredListed([Hi]));
        Assert.Equal<InboxMessage>([Hi], await list.OrFail());
    }

    [Fact]
    public async Task Listing_accounts_sends_the_page_wanted_and_gives_it()
    {
        var bob = new ListedAccount(2, "bob");

        var list = _client.ListAccountsAsync("b*", start: 20, count: 5);
        var request = await _peer.AnswerAsync<ListAccounts>(new AccountsListed([bob]));

        Assert.Equal<ListedAccount>([bob], await list.OrFail());
        Assert.Equal(("b*", 20L, 5L), (request.Pattern, request.Start, request.Count));
    }

    [Fact]
    public async Task Deleting_messages_sends_the_ids_and_gives_the_count()
    {
        var delete = _client.DeleteMessagesAsync([3, 1]);
        var request = await _peer.AnswerAsync<DeleteMessages>(new MessagesDeleted(1));

        Assert.Equal(1, await delete.OrFail());
        Assert.Equal<long>([3, 1], request.Ids);
    }

    [Fact]
    public async Task A_refusal_is_thrown_with_its_code_and_text_and_the_connection_stays_usable()
    {
        var signUp = _client.SignUpAsync("ada", new Secret("abc"));
        await _peer.AnswerAsync<SignUp>(new Refused(Operation.SignUp, ErrorCode.UsernameTaken, "Username taken"));
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => signUp.OrFail());

        Assert.Equal((ErrorCode.UsernameTaken, "Username taken"), (refusal.Code, refusal.Message));
        Assert.Equal(0, await LogInAsync());
    }

    private async Task<long> LogInAsync(long unread = 0)
    {
        var logIn = _client.LogInAsync("ada", new Secret("abc"));
        var request = await _peer.AnswerAsync<LogIn>(new LoggedIn(unread));
        Assert.Equal("ada", request.Username);
        Assert.Equal(PasswordHash.Of(new Secret("abc")), request.Password);
        return await logIn.OrFail();
    }
}
