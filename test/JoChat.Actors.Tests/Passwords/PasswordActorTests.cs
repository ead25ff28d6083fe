using JoChat.Protocol;
using Microsoft.Extensions.Time.Testing;

namespace JoChat.Actors.Tests;

/// <summary>Password work is right, the same for everybody, bounded and fair.</summary>
public sealed class PasswordActorTests() : TestKit(Patience.Configuration)
{
    private static readonly Secret Right = new("right"), Wrong = new("wrong");
    private static readonly ClientAddress Here = ClientAddress.OfVersion4(1), Elsewhere = ClientAddress.OfVersion4(2);
    private static readonly WorkOrigin Origin = new(Here, "ADA");

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task A_password_is_verified_against_its_own_hash_only()
    {
        var passwords = Start(new PasswordOptions { Iterations = 2 });
        passwords.Tell(new HashPassword(0, Right, Origin));
        var hash = (await ExpectMsgAsync<PasswordHashed>()).Hash;

        passwords.Tell(new VerifyPassword(0, hash, Right, Origin));
        Assert.True((await ExpectMsgAsync<PasswordVerified>()).IsRight);
        passwords.Tell(new VerifyPassword(0, hash, Wrong, Origin));
        Assert.False((await ExpectMsgAsync<PasswordVerified>()).IsRight);
        passwords.Tell(new VerifyPassword(0, null, Right, Origin));
        Assert.False((await ExpectMsgAsync<PasswordVerified>()).IsRight);
        Assert.DoesNotContain("right", hash, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hash_with_fewer_rounds_is_replaced_and_one_with_enough_is_not()
    {
        var weak = Start(new PasswordOptions { Iterations = 2 });
        weak.Tell(new HashPassword(0, Right, Origin));
        var hash = (await ExpectMsgAsync<PasswordHashed>()).Hash;

        weak.Tell(new VerifyPassword(0, hash, Right, Origin));
        Assert.Null((await ExpectMsgAsync<PasswordVerified>()).BetterHash);
        var strong = Start(new PasswordOptions { Iterations = 3 });
        strong.Tell(new VerifyPassword(0, hash, Right, Origin));
        var better = (await ExpectMsgAsync<PasswordVerified>()).BetterHash;

        strong.Tell(new VerifyPassword(0, better, Right, Origin));
        var verdict = await ExpectMsgAsync<PasswordVerified>();
        Assert.Equal((true, null), (verdict.IsRight, verdict.BetterHash));
    }

    [Fact]
    public async Task Addresses_take_turns_and_so_do_the_accounts_at_one_and_sign_ups_with_logins()
    {
        using var work = new GatedWork();
        var passwords = Start(work, queueLimit: 100);
        foreach (var name in new[] { "first", "a1", "a2", "a3" }) { passwords.Tell(Verify(name, Here, "A")); }
        passwords.Tell(Verify("b1", Here, "B"));
        passwords.Tell(Verify("b2", Here, "B"));
        passwords.Tell(Verify("far", Elsewhere, "A"));
        passwords.Tell(SignUp("new1", Here));
        passwords.Tell(SignUp("new2", Here));

        work.Release();

        Assert.Equal(
            ["first", "new1", "far", "new2", "b1", "a1", "b2", "a2", "a3"], await AnswersAsync(9));
    }

    [Fact]
    public async Task Who_comes_back_does_not_wait_for_those_who_come_from_many_addresses()
    {
        using var work = new GatedWork();
        var passwords = Start(work, queueLimit: 100);
        work.Release();
        passwords.Tell(Verify("right", Here, "A"));
        await AnswersAsync(1);
        work.Hold();
        for (uint i = 0; i < 4; i++) { passwords.Tell(Verify($"far {i}", ClientAddress.OfVersion4(100 + i), $"B{i}")); }
        passwords.Tell(Verify("back", Here, "A"));
        passwords.Tell(Verify("other", Here, "C"));

        work.Release();

        Assert.Equal(["far 0", "back", "far 1", "far 2", "far 3", "other"], await AnswersAsync(6));
    }

    [Fact]
    public async Task Who_has_left_comes_last_and_who_is_gone_is_dropped()
    {
        using var work = new GatedWork();
        var passwords = Start(work, queueLimit: 100);
        passwords.Tell(Verify("first", Here, "A"));
        var (left, gone) = (CreateTestProbe(), CreateTestProbe());
        passwords.Tell(Verify("left", Here, "A"), left.Ref);
        passwords.Tell(Verify("gone", Elsewhere, "A"), gone.Ref);
        passwords.Tell(AskerLeft.Quietly, left.Ref);
        passwords.Tell(AskerLeft.ForGood, gone.Ref);
        passwords.Tell(Verify("honest", Here, "A"));

        work.Release();

        await AnswersAsync(2);
        await left.ExpectMsgAsync<PasswordVerified>();
        Assert.Equal(["first", "honest", "left"], work.Done);
    }

    [Fact]
    public async Task A_full_queue_refuses_who_has_left_and_then_who_has_most_waiting()
    {
        using var work = new GatedWork();
        var passwords = Start(work, queueLimit: 2);
        var left = CreateTestProbe();
        passwords.Tell(Verify("first", Here, "A"));
        passwords.Tell(Verify("left", Elsewhere, "A"), left.Ref);
        passwords.Tell(AskerLeft.Quietly, left.Ref);
        passwords.Tell(Verify("a1", Here, "A", request: 1));

        passwords.Tell(Verify("a2", Here, "A", request: 2));
        await left.ExpectMsgAsync<PasswordWorkRefused>();
        passwords.Tell(Verify("far", Elsewhere, "A", request: 3));
        await ExpectMsgAsync(new PasswordWorkRefused(2));
        work.Release();

        Assert.Equal(["first", "far", "a1"], await AnswersAsync(3));
    }

    [Fact]
    public async Task An_account_is_guessed_ten_times_and_then_ten_times_a_minute()
    {
        var passwords = Start(new PasswordOptions { Iterations = 1, AddressGuessesPerMinute = 1000 });
        Assert.Equal((10, 0), await GuessAsync(passwords, 10));
        Assert.Equal((0, 90), await GuessAsync(passwords, 90));

        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal((10, 10), await GuessAsync(passwords, 20));
        passwords.Tell(new VerifyPassword(0, null, Wrong, Origin));
        Assert.Equal(TimeSpan.FromSeconds(6), (await ExpectMsgAsync<TooManyGuesses>()).Wait);
    }

    [Fact]
    public async Task An_address_that_guesses_at_many_accounts_is_slowed()
    {
        var passwords = Start(new PasswordOptions { Iterations = 1, AddressGuessesPerMinute = 20 });
        for (var i = 0; i < 20; i++)
        {
            passwords.Tell(new VerifyPassword(0, null, Wrong, new(Here, $"A{i}")));
            await ExpectMsgAsync<PasswordVerified>();
        }

        passwords.Tell(new VerifyPassword(0, null, Wrong, new(Here, "B")));
        await ExpectMsgAsync<TooManyGuesses>();
        passwords.Tell(new VerifyPassword(0, null, Wrong, new(Elsewhere, "B")));
        await ExpectMsgAsync<PasswordVerified>();
    }

    [Fact]
    public async Task An_owner_is_let_in_where_the_account_has_logged_in_before_whatever_others_guess()
    {
        var passwords = Start(new PasswordOptions { Iterations = 1, AddressGuessesPerMinute = 1000 });
        passwords.Tell(new HashPassword(0, Right, Origin));
        var hash = (await ExpectMsgAsync<PasswordHashed>()).Hash;
        passwords.Tell(new VerifyPassword(0, hash, Right, Origin with { Address = Elsewhere }));
        await ExpectMsgAsync<PasswordVerified>();
        await GuessAsync(passwords, 100);

        passwords.Tell(new VerifyPassword(0, hash, Right, Origin)); // no stranger learns that it is right
        await ExpectMsgAsync<TooManyGuesses>();
        passwords.Tell(new VerifyPassword(0, hash, Right, Origin with { Address = Elsewhere }));
        Assert.True((await ExpectMsgAsync<PasswordVerified>()).IsRight);
    }

    [Fact]
    public async Task An_owner_is_let_in_where_the_account_is_known_to_log_in_from_before_a_restart()
    {
        var passwords = Start(new PasswordOptions { Iterations = 1, AddressGuessesPerMinute = 1000 });
        passwords.Tell(new HashPassword(0, Right, Origin));
        var hash = (await ExpectMsgAsync<PasswordHashed>()).Hash;
        await GuessAsync(passwords, 100);

        passwords.Tell(new VerifyPassword(0, hash, Right, Origin with { Address = Elsewhere }) { IsUsual = true });

        Assert.True((await ExpectMsgAsync<PasswordVerified>()).IsRight);
    }

    [Fact]
    public async Task Where_an_account_has_logged_in_before_it_is_guessed_no_more_often_than_elsewhere()
    {
        var passwords = Start(new PasswordOptions { Iterations = 1, AddressGuessesPerMinute = 1000 });
        passwords.Tell(new HashPassword(0, Right, Origin));
        var hash = (await ExpectMsgAsync<PasswordHashed>()).Hash;
        passwords.Tell(new VerifyPassword(0, hash, Right, Origin));
        Assert.True((await ExpectMsgAsync<PasswordVerified>()).IsRight);

        Assert.Equal((10, 10), await GuessAsync(passwords, 20));
    }

    [Fact]
    public async Task Guesses_that_wait_together_are_no_more_than_those_that_come_one_by_one()
    {
        using var work = new GatedWork();
        var passwords = Start(work, queueLimit: 100);
        for (var i = 0; i < 20; i++) { passwords.Tell(Verify($"guess {i}", Here, "A")); }

        work.Release();

        var answers = new List<Reply>();
        while (answers.Count < 20) { answers.Add(await ExpectMsgAsync<Reply>()); }
        Assert.Equal(10, answers.OfType<TooManyGuesses>().Count());
        Assert.Equal(10, work.Done.Count);
    }

    [Fact]
    public async Task Right_passwords_are_no_guesses()
    {
        var passwords = Start(new PasswordOptions { Iterations = 1 });
        passwords.Tell(new HashPassword(0, Right, Origin));
        var hash = (await ExpectMsgAsync<PasswordHashed>()).Hash;

        for (var i = 0; i < 100; i++)
        {
            passwords.Tell(new VerifyPassword(0, hash, Right, Origin));
            Assert.True((await ExpectMsgAsync<PasswordVerified>()).IsRight);
        }
    }

    [Fact]
    public async Task Of_one_address_any_number_may_log_in_at_once_with_right_passwords()
    {
        var passwords = Start(new PasswordOptions { Iterations = 1, Workers = 2 });
        passwords.Tell(new HashPassword(0, Right, Origin));
        var hash = (await ExpectMsgAsync<PasswordHashed>()).Hash;

        for (var i = 0; i < 200; i++) { passwords.Tell(new VerifyPassword(0, hash, Right, Origin)); }

        for (var i = 0; i < 200; i++) { Assert.True((await ExpectMsgAsync<PasswordVerified>()).IsRight); }
    }

    private static VerifyPassword Verify(string name, ClientAddress from, string account, long request = 0) =>
        new(request, null, new Secret(name), new WorkOrigin(from, account));

    private static HashPassword SignUp(string name, ClientAddress from) =>
        new(0, new Secret(name), new WorkOrigin(from, name)) { IsSignUp = true };

    private async Task<(int Tried, int Refused)> GuessAsync(
        IActorRef passwords, int count, WorkOrigin? at = null)
    {
        var refused = 0;
        for (var i = 0; i < count; i++)
        {
            passwords.Tell(new VerifyPassword(0, null, Wrong, at ?? Origin));
            if (await ExpectMsgAsync<Reply>() is TooManyGuesses) { refused++; }
        }
        return (count - refused, refused);
    }

    private async Task<string[]> AnswersAsync(int count)
    {
        var answers = new List<string>();
        while (answers.Count < count) { answers.Add((await ExpectMsgAsync<PasswordVerified>()).BetterHash!); }
        return [.. answers];
    }

    private IActorRef Start(PasswordOptions options) => Sys.ActorOf(PasswordActor.Props(
        new SlowHash(options.Iterations, inUse: []).Do, options, _time));

    private IActorRef Start(GatedWork work, int queueLimit) => Sys.ActorOf(PasswordActor.Props(
        work.Do, new PasswordOptions { Workers = 1, QueueLimit = queueLimit }, _time));

    // Nothing is done until it is released; answers tell what was done.
    private sealed class GatedWork : IDisposable
    {
        private readonly ManualResetEventSlim _gate = new();
        private readonly List<string> _done = [];

        public IReadOnlyList<string> Done
        {
            get { lock (_done) { return [.. _done]; } }
        }

        public PasswordVerified Do(PasswordWork work)
        {
            _gate.Wait();
            lock (_done) { _done.Add(work.Password.Value); }
            return new PasswordVerified(work.Request, work.Password == Right, work.Password.Value);
        }

        public void Release() => _gate.Set();

        public void Hold() => _gate.Reset();

        public void Dispose() => _gate.Dispose();
    }
}
