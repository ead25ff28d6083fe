using JoChat.Protocol;

namespace JoChat.Actors.Tests;

/// <summary>What a session tells for the log.</summary>
public sealed class LoginReportTests : SessionTestKit
{
    private ClientAddress Here => Connection.Address;

    [Fact]
    public async Task Who_logs_in_is_told_by_name_and_address()
    {
        await LogInAsync();

        await Parent.ExpectMsgAsync(new AccountNews("Ada", "logged in with its password", Here));
    }

    [Fact]
    public async Task A_wrong_password_is_told_with_the_account_that_was_tried()
    {
        Session.Submit(new LogIn("ada", Password));
        await VerifyAsync(isRight: false);

        await Parent.ExpectMsgAsync(new LoginRefused("Ada", ErrorCode.BadCredentials, Here));
    }

    [Fact]
    public async Task A_name_that_no_account_has_is_never_told_because_it_may_be_a_password()
    {
        Session.Submit(new LogIn("hunter2", Password));
        await Persistence.ExpectMsgAsync<FindAccount>();
        Persistence.Reply(new AccountFound(0, null));
        await Passwords.ExpectMsgAsync<VerifyPassword>();
        Passwords.Reply(new PasswordVerified(0, IsRight: false, BetterHash: null));

        await Parent.ExpectMsgAsync(new LoginRefused(null, ErrorCode.BadCredentials, Here));
    }

    [Fact]
    public async Task What_is_refused_without_any_work_is_told_too()
    {
        Session.Submit(new LogIn("ada", new Secret(new string('x', 1025))));
        await Parent.ExpectMsgAsync(new LoginRefused(null, ErrorCode.BadCredentials, Here));

        Session.Submit(new Resume(new Secret("no token")));
        await Parent.ExpectMsgAsync(new LoginRefused(null, ErrorCode.InvalidToken, Here));
    }

    [Fact]
    public async Task A_guess_too_many_and_a_busy_server_are_told()
    {
        await BeginLogInAsync();
        Passwords.Reply(new TooManyGuesses(0, TimeSpan.FromSeconds(5)));
        await Parent.ExpectMsgAsync(new LoginRefused("Ada", ErrorCode.RateLimited, Here));

        await BeginLogInAsync();
        Passwords.Reply(new PasswordWorkRefused(0));
        await Parent.ExpectMsgAsync(new LoginRefused("Ada", ErrorCode.Busy, Here));
    }

    [Fact]
    public async Task Who_is_taken_over_or_ended_is_told_with_the_address_it_was_at()
    {
        await LogInAsync();
        await Parent.ExpectMsgAsync<AccountNews>();

        Session.Tell(new SessionEnded(SessionCloseReason.TakenOver));

        await Parent.ExpectMsgAsync(new AccountNews("Ada", "was taken over by another log-in", Here));
    }

    [Fact]
    public async Task A_sign_up_is_told_and_a_refused_one_is_not()
    {
        await SignUpAsync(new SignedUp());
        await Parent.ExpectMsgAsync(new AccountNews("ada", "signed up", Here));

        await SignUpAsync(Refusals.UsernameTaken);
        await LogInAsync();
        await Parent.ExpectMsgAsync(new AccountNews("Ada", "logged in with its password", Here));
    }

    [Fact]
    public async Task Nothing_else_is_told()
    {
        Session.Submit(new Ping());
        await Client.ExpectMsgAsync(new Pong());
        Session.Submit(new LogOut());
        await Client.ExpectMsgAsync<Refused>();

        await LogInAsync();
        await Parent.ExpectMsgAsync<AccountNews>();
    }

    private async Task BeginLogInAsync()
    {
        Session.Submit(new LogIn("ada", Password));
        await Persistence.ExpectMsgAsync<FindAccount>();
        Persistence.Reply(new AccountFound(0, Ada));
        await Passwords.ExpectMsgAsync<VerifyPassword>();
    }

    private async Task SignUpAsync(Response answer)
    {
        Session.Submit(new SignUp("ada", Password));
        await Passwords.ExpectMsgAsync<HashPassword>();
        Passwords.Reply(new PasswordHashed(0, "hash"));
        await Persistence.ExpectMsgAsync<CreateAccount>();
        Persistence.Reply(new Answered(0, answer));
        await Client.ExpectMsgAsync(answer);
    }
}
