using JoChat.Protocol;

namespace JoChat.Actors.Tests;

/// <summary>Who is let in, and what a guest may do.</summary>
public sealed class SessionLoginTests() : SessionTestKit(new SessionOptions { AllowResetDatabase = true })
{
    [Fact]
    public async Task An_unknown_user_costs_the_same_work_and_hears_the_same_text_as_a_wrong_password()
    {
        Session.Submit(new LogIn("nobody", Password));
        await Persistence.ExpectMsgAsync(new FindAccount(0, "NOBODY", Connection.Address));
        Persistence.Reply(new AccountFound(0, null));
        await Passwords.ExpectMsgAsync(new VerifyPassword(0, null, Password, From("NOBODY")));
        Passwords.Reply(new PasswordVerified(0, IsRight: false, BetterHash: null));
        await Client.ExpectMsgAsync(Refusals.BadCredentials);

        Session.Submit(new LogIn("ada", Password));
        await VerifyAsync(isRight: false);
        await Client.ExpectMsgAsync(Refusals.BadCredentials);
    }

    [Fact]
    public async Task A_password_that_is_longer_than_any_is_refused_as_a_wrong_one_without_work()
    {
        Session.Submit(new LogIn("ada", new Secret(new string('x', 1025))));

        await Client.ExpectMsgAsync(Refusals.BadCredentials);
        Assert.False(Persistence.HasMessages || Passwords.HasMessages);
    }

    [Fact]
    public async Task A_password_that_was_hashed_with_too_few_rounds_is_replaced()
    {
        Session.Submit(new LogIn("ada", Password));
        await VerifyAsync(betterHash: "better");

        Assert.Equal("better", (await Persistence.ExpectMsgAsync<BeginSession>()).BetterHash);
    }

    [Fact]
    public async Task Requests_sent_behind_a_login_wait_for_it()
    {
        Session.Submit(new LogIn("ada", Password));
        Session.Submit(SendTo("bob", "hi"));
        await VerifyAsync();
        await Persistence.ExpectMsgAsync<BeginSession>();
        Persistence.Reply(new SessionBegun(0, Ada, default, UndeliveredCount: 0));

        await Client.ExpectMsgAsync(new LoggedIn(0));
        await Persistence.ExpectMsgAsync(StoreFor("BOB", "hi"));
    }

    [Fact]
    public async Task An_account_that_is_online_is_refused_and_the_connection_stays_a_guest()
    {
        Session.Submit(new LogIn("ada", Password));
        await VerifyAsync();
        await Persistence.ExpectMsgAsync<BeginSession>();
        Persistence.Reply(Refusals.AlreadyLoggedIn);
        Session.Submit(new CountUnread());

        await Client.ExpectMsgAsync(Refusals.AlreadyLoggedIn);
        await Client.ExpectMsgAsync(Refusals.NotLoggedIn(Operation.CountUnread));
    }

    [Fact]
    public async Task A_full_queue_of_password_work_is_told_as_busy()
    {
        Session.Submit(new SignUp("bob", Password));
        await Passwords.ExpectMsgAsync(new HashPassword(0, Password, From("BOB")) { IsSignUp = true });
        Passwords.Reply(new PasswordWorkRefused(0));
        await Client.ExpectMsgAsync(Refusals.Busy(Operation.SignUp));

        Session.Submit(new LogIn("bob", Password));
        await Persistence.ExpectMsgAsync<FindAccount>();
        Persistence.Reply(new AccountFound(0, null));
        await Passwords.ExpectMsgAsync<VerifyPassword>();
        Passwords.Reply(new PasswordWorkRefused(0));
        await Client.ExpectMsgAsync(Refusals.Busy(Operation.LogIn));
    }

    [Theory]
    [InlineData("ada")]
    [InlineData("nobody")]
    public async Task A_guess_too_many_is_told_with_the_time_to_wait_whether_the_account_exists_or_not(string name)
    {
        Session.Submit(new LogIn(name, Password));
        await Persistence.ExpectMsgAsync<FindAccount>();
        Persistence.Reply(new AccountFound(0, name == "ada" ? Ada : null));
        await Passwords.ExpectMsgAsync<VerifyPassword>();
        Passwords.Reply(new TooManyGuesses(0, TimeSpan.FromSeconds(3.2)));

        var refused = await Client.ExpectMsgAsync<Refused>();

        Assert.Equal(
            (ErrorCode.RateLimited, "Too many wrong passwords; try again in 4 s.", TimeSpan.FromSeconds(3.2)),
            (refused.Code, refused.Text, refused.RetryAfter));
    }

    [Fact]
    public async Task That_an_account_has_logged_in_from_there_before_is_told_with_its_password()
    {
        Session.Submit(new LogIn("ada", Password));
        await Persistence.ExpectMsgAsync<FindAccount>();
        Persistence.Reply(new AccountFound(0, Ada, IsUsual: true));

        Assert.True((await Passwords.ExpectMsgAsync<VerifyPassword>()).IsUsual);
    }

    [Fact]
    public async Task The_password_work_of_a_client_that_may_be_gone_comes_last_and_is_answered()
    {
        Session.Submit(new SignUp("bob", Password));
        var asked = await Passwords.ExpectMsgAsync<HashPassword>();

        Session.Tell(InputEnded.Instance);

        await Passwords.ExpectMsgAsync(AskerLeft.Quietly);
        Passwords.Send(Session, new PasswordWorkRefused(asked.Request));
        await Client.ExpectMsgAsync(Refusals.Busy(Operation.SignUp));
        await Client.ExpectMsgAsync(ProbeConnection.Closed.Instance);
    }

    [Fact]
    public async Task A_client_that_may_be_gone_before_its_account_is_found_is_told_of_too()
    {
        Session.Submit(new LogIn("ada", Password));
        await Persistence.ExpectMsgAsync<FindAccount>();
        Session.Tell(InputEnded.Instance);
        await Passwords.ExpectMsgAsync(AskerLeft.Quietly); // of what is not there yet

        Persistence.Reply(new AccountFound(0, Ada));

        await Passwords.ExpectMsgAsync<VerifyPassword>();
        await Passwords.ExpectMsgAsync(AskerLeft.Quietly);
    }

    [Fact]
    public async Task The_password_work_of_a_connection_that_is_cut_is_dropped()
    {
        Session.Submit(new SignUp("bob", Password));
        await Passwords.ExpectMsgAsync<HashPassword>();

        Session.Tell(InputEnded.Cut);

        await Passwords.ExpectMsgAsync(AskerLeft.ForGood);
        await Client.ExpectMsgAsync(ProbeConnection.Closed.Instance);
    }

    [Fact]
    public async Task Signing_up_hashes_first_and_stores_the_normalised_name()
    {
        Session.Submit(new SignUp("Zoe\u0308", Password));
        await Passwords.ExpectMsgAsync(new HashPassword(0, Password, From("ZO\u00cb")) { IsSignUp = true });
        Passwords.Reply(new PasswordHashed(0, "hash"));

        var create = await Persistence.ExpectMsgAsync<CreateAccount>();

        Assert.Equal(("Zo\u00eb", "ZO\u00cb", "hash"), (create.Name.Text, create.Name.Key, create.PasswordHash));
    }

    [Fact]
    public async Task After_the_account_is_deleted_the_connection_is_a_guest()
    {
        await LogInAsync();
        Assert.True(Connection.IsLoggedIn);
        Session.Submit(new DeleteAccount());
        Session.Submit(new CountUnread());
        await Persistence.ExpectMsgAsync(new RemoveAccount(0, Ada.Id));
        Persistence.Reply(new AccountDeleted());

        await Client.ExpectMsgAsync(new AccountDeleted());
        await Client.ExpectMsgAsync(Refusals.NotLoggedIn(Operation.CountUnread));
        Assert.False(Connection.IsLoggedIn);
    }

    [Fact]
    public async Task After_a_reset_the_connection_that_asked_for_it_is_a_guest()
    {
        await LogInAsync();
        Session.Submit(new ResetDatabase());
        Session.Submit(new LogOut());
        await Persistence.ExpectMsgAsync(new ResetStore(0));
        Persistence.Reply(new DatabaseReset());

        await Client.ExpectMsgAsync(new DatabaseReset());
        await Client.ExpectMsgAsync(Refusals.NotLoggedIn(Operation.LogOut));
    }
}
