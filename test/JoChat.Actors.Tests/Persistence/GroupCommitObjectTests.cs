using JoChat.Protocol;
using JoChat.Storage;
using JoChat.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace JoChat.Actors.Tests;

/// <summary>The gate by itself, over a store whose commits can fail.</summary>
public sealed class GroupCommitObjectTests
{
    private static readonly Flush Command = new();
    private readonly List<(string To, object Message)> _told = [];
    private readonly GroupCommit<string> _commit;
    private readonly Dictionary<MessageId, FirstSend> _sentBefore = [];
    private int _asked;
    private bool _fails, _isMoved;

    public GroupCommitObjectTests()
    {
        var store = Intercepted.Of(Intercepted.Nothing<IChatStore>(_sentBefore), call =>
        {
            if (_isMoved && call == nameof(IChatStore.Commit)) { throw new StoreLostException("gone"); }
            if (_fails && call == nameof(IChatStore.Commit)) { throw new StorageException("full", isTransient: true); }
        });
        _commit = new GroupCommit<string>(store, new PersistenceOptions { MaxBatchWrites = 10, MaxBatchBytes = 100 },
            (to, message) => _told.Add((to, message)), () => _asked++,
            (message, sentBefore) => message is string ? null : new Answered(sentBefore.Count, new LoggedOut()),
            NullLogger.Instance);
    }

    [Fact]
    public void However_batches_end_one_commit_is_asked_for_at_a_time()
    {
        for (var i = 0; i < 10; i++)
        {
            for (var write = 0; write < 10; write++) { Write("ada"); } // that fills the batch
            Write("ada");
            _commit.Exclusive("bob", Command, Done);
        }
        Assert.Equal(1, _asked);

        _commit.CommitDue();
        Write("ada");

        Assert.Equal(2, _asked);
    }

    [Fact]
    public void What_fails_is_told_to_writers_read_again_for_readers_and_never_to_others()
    {
        var reads = 0;
        Write("ada");
        _commit.TellWhenDurable("bob", "a message");
        _commit.Read("cyd", Command, command => new Answered(command.Request, reads++ == 0 ? new Pong() : new LoggedOut()));
        Assert.Empty(_told);
        _fails = true;

        _commit.Commit();

        Assert.Equal([("ada", new StoreFailed(0)), ("cyd", new Answered(0, new LoggedOut()))], _told);
    }

    [Fact]
    public void What_waits_is_corrected_by_what_was_sent_before()
    {
        _sentBefore.Add(new MessageId(7), default);
        Write("ada");
        _commit.TellWhenDurable("bob", "a message");

        _commit.Commit();

        Assert.Equal([("ada", new Answered(1, new LoggedOut()))], _told);
    }

    [Fact]
    public void A_moved_database_fails_the_gate_itself_and_nobody_is_told()
    {
        Write("ada");
        _commit.Read("cyd", Command, Done);
        _isMoved = true;

        Assert.Throws<StoreLostException>(_commit.Commit);

        Assert.Empty(_told);
    }

    [Fact]
    public void What_is_read_while_a_batch_is_open_fills_it_too()
    {
        Write("ada");

        _commit.Read("bob", Command, command =>
        {
            _commit.CountContent(new string('x', 100));
            return Done(command);
        });

        Assert.Equal(["ada", "bob"], _told.Select(told => told.To));
    }

    [Fact]
    public void Short_reads_count_as_writes_do()
    {
        Write("ada");
        for (var read = 1; read < 9; read++) { _commit.Read("bob", Command, Done); }
        Assert.Empty(_told);

        _commit.Read("bob", Command, Done);

        Assert.Equal(10, _told.Count);
    }

    [Fact]
    public void A_read_that_takes_long_counts_as_many()
    {
        Write("ada");

        _commit.Read("bob", new CountUndelivered(0, default, default), command => new Answered(0, new Pong()));

        Assert.Equal(["ada", "bob"], _told.Select(told => told.To));
    }

    [Fact]
    public void A_long_message_counts_once_beside_its_content()
    {
        for (var write = 0; write < 9; write++)
        {
            var store = new StoreMessage(0, default, "ada", "bob", new string('x', 65536));
            _commit.Write("ada", store, _ => new Answered(0, new Pong()));
        }

        Assert.Empty(_told);
    }

    private void Write(string who) => _commit.Write(who, Command, Done);

    private static Answered Done(Flush command) => new(command.Request, new Pong());
}
