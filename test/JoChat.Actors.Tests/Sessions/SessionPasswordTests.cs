using JoChat.Protocol;

namespace JoChat.Actors.Tests;

/// <summary>Changing the password: the old one first, the new one judged as at sign-up.</summary>
public sealed class SessionPasswordTests : SessionTestKit
{
    private static readonly Secret Old = new("old"), New = new("new");

    [Fact]
    public async Task The_old_password_is_verified_then_the_new_one_hashed_then_stored()
    {
        await LogInAsync();
        Session.Submit(new ChangePassword(Old, New));

        await VerifyAsync(password: Old);
        await Passwords.ExpectMsgAsync(new HashPassword(0, New, From("ADA")));
        Passwords.Reply(new PasswordHashed(0, "new hash"));
        await Persistence.ExpectMsgAsync(new ReplacePassword(0, Ada, "new hash"));
        Persistence.Reply(new PasswordChanged());
        Session.Submit(new CountUnread());

        await Client.ExpectMsgAsync(new PasswordChanged());
        await Persistence.ExpectMsgAsync<CountUndelivered>(); // the session stays
    }

    [Fact]
    public async Task A_wrong_old_password_changes_nothing()
    {
        await LogInAsync();
        Session.Submit(new ChangePassword(Old, New));
        await VerifyAsync(isRight: false, password: Old);

        await Client.ExpectMsgAsync(Refusals.WrongOldPassword);
        Assert.False(Persistence.HasMessages);
    }

    [Fact]
    public async Task An_account_that_has_got_the_name_since_is_not_touched()
    {
        await LogInAsync();
        Session.Submit(new ChangePassword(Old, New));
        await Persistence.ExpectMsgAsync<FindAccount>();

        Persistence.Reply(new AccountFound(0, Ada with { Id = new(99) }));

        await Passwords.ExpectMsgAsync(new VerifyPassword(0, null, Old, From("ADA")));
    }
}
