using JoChat.Protocol;
using JoChat.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace JoChat.Actors.Tests;

/// <summary>A login that is refused tells nothing of the account: neither by its answer nor by the work, over the real
/// actors and a real store.</summary>
public sealed class LoginWorkTests() : TestKit(Patience.Configuration)
{
    private const int Rounds = 40, OldRounds = 10, NewerRounds = 70;
    private static readonly Secret Right = new("right"), Wrong = new("wrong");
    private static readonly PersistenceOptions Options = new() { HoldDeletedNames = TimeSpan.FromDays(30) };
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jochat-");
    private readonly List<PasswordWork> _asked = [];

    protected override void AfterAll()
    {
        base.AfterAll();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task It_is_one_verification_of_the_same_rounds_and_the_same_answer()
    {
        using var store = SqliteChatStore.Open(Path.Combine(_folder.FullName, "chat.db"));
        AddAccounts(store);
        var hasher = new SlowHash(Rounds, store.FindHashKinds());
        using var reader = store.OpenReader();
        var client = new NumberedProbe(CreateTestProbe());
        var session = StartSession(store, reader, hasher, client);

        string[] names =
            ["usual", "dormant", "newer", "blocked", "blocking", "nobody", "deleted", "\u0007", new('x', 5000)];
        foreach (var name in names)
        {
            var before = hasher.VerifyingRounds;
            _asked.Clear();
            session.Submit(new LogIn(name, Wrong));

            Assert.Equal(Refusals.BadCredentials, (await client.ExpectMsgAsync<Answered>()).Response);
            Assert.IsType<VerifyPassword>(Assert.Single(_asked));
            Assert.InRange(hasher.VerifyingRounds - before, NewerRounds, NewerRounds + 1);
        }
        await Sys.Terminate(); // before the reader and the store
    }

    private static void AddAccounts(SqliteChatStore store)
    {
        store.Begin();
        var usual = Add("usual", Rounds);
        Add("dormant", OldRounds);
        Add("newer", NewerRounds);
        store.Block(Add("blocking", Rounds), Add("blocked", Rounds), most: 10);
        store.Block(usual, new AccountId(2), most: 10);
        store.DeleteAccount(Add("deleted", Rounds));
        store.HoldName("deleted", "DELETED", DateTimeOffset.MaxValue);
        store.Commit();

        AccountId Add(string name, int rounds)
        {
            var hash = ((PasswordHashed)new SlowHash(rounds, []).Do(new HashPassword(0, Right, default))).Hash;
            return store.AddAccount(name, Username.Fold(name), hash, DateTimeOffset.UnixEpoch)!.Value;
        }
    }

    private IActorRef StartSession(
        SqliteChatStore store, IChatReader reader, SlowHash hasher, NumberedProbe client)
    {
        var readerActor = Sys.ActorOf(ReaderActor.Props(reader, NullLogger.Instance));
        var persistence = Sys.ActorOf(PersistenceActor.Props(
            store, readerActor, Options, TimeProvider.System, NullLogger.Instance));
        var passwords = Sys.ActorOf(PasswordActor.Props(
            work =>
            {
                _asked.Add(work); // one at a time: each answer is awaited
                return hasher.Do(work);
            },
            new PasswordOptions { GuessesPerMinute = 1000, AddressGuessesPerMinute = 1000 },
            TimeProvider.System));
        return Sys.ActorOf(SessionActor.Props(new ProbeConnection(client.Ref), new SessionServices(
            persistence, readerActor, passwords, new SessionOptions(),
            new AccountPaces(new PaceOptions(), TimeProvider.System, new Strain()))));
    }
}
