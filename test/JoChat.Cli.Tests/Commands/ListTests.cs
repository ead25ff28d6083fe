using System.Text.Json;
using JoChat.Protocol;

namespace JoChat.Cli.Tests.Commands;

/// <summary>The verbs that list: what they ask, what they print, and how they tell of the rest.</summary>
public sealed class ListTests : IAsyncDisposable, IAsyncLifetime
{
    private static readonly DateTimeOffset Sent = new(2026, 3, 4, 5, 6, 7, 89, TimeSpan.Zero);

    private readonly AnsweringServer _server = new();

    public ListTests()
    {
        // 20 messages, with the ids 1 to 20 and at most 7 a page, as a server has it.
        _server.On<ReadHistory>(read => new History([.. Newest(read.Before, read.Count)]));
        _server.On<ReadInbox>(read => new InboxRead([.. read.After is { } after
            ? Numbers().Where(id => id > after).Take(Math.Min(read.Count, 7)).Select(Message)
            : Newest(read.Before, read.Count)]));
        _server.On<MarkDelivered>(_ => new MarkedDelivered());
        _server.On<MarkRead>(_ => new MarkedRead());
        _server.On<ListAccounts>(list => new AccountsListed([.. Numbers().Skip((int)list.Start!.Value)
            .Take((int)list.Count!.Value).Select(id => new ListedAccount(id, $"bob{id}"))]));
        _server.On<AskPresence>(ask => new PresenceOf([.. ask.Of.Where(name => name == "bob2")]));
    }

    Task IAsyncLifetime.InitializeAsync() => Task.CompletedTask;

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask(); // this is the one that xunit calls

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(new[] { "history", "bob", "--limit", "9" }, 12, 20, "--before 12.")]
    [InlineData(new[] { "history", "bob", "--limit", "9", "--before", "12" }, 3, 11, "--before 3.")]
    [InlineData(new[] { "history", "bob", "--limit", "9", "--before", "3" }, 1, 2, null)]
    [InlineData(new[] { "history", "bob", "--limit", "20" }, 1, 20, null)]
    [InlineData(new[] { "inbox", "--limit", "3" }, 18, 20, "--before 18.")]
    [InlineData(new[] { "inbox" }, 1, 20, null)]
    [InlineData(new[] { "inbox", "--with", "BOB", "--limit", "2" }, 19, 20, "--before 19.")]
    [InlineData(new[] { "away", "--limit", "9" }, 1, 9, null)]
    [InlineData(new[] { "accounts", "bob", "--start", "2", "--limit", "3" }, 3, 5, "--start 5.")]
    [InlineData(new[] { "accounts", "bob", "--start", "18" }, 19, 20, null)]
    public async Task A_list_that_was_cut_says_how_to_get_the_rest(
        string[] arguments, int first, int last, string? rest)
    {
        var run = await CliRun.AsAdaAsync(_server, [.. arguments, "--json"]);

        var ids = Lines(run.Output).Select(line => line.GetProperty("id").GetInt64()).ToList();
        Assert.Equal(Numbers().Where(id => id >= first && id <= last), ids);
        if (rest is null) { Assert.Equal("", run.Error); return; }
        var note = Assert.Single(Lines(run.Error)).GetProperty("note");
        Assert.Equal("more", note.GetProperty("code").GetString());
        Assert.EndsWith(rest, note.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_in_json_tells_all_that_is_known_of_it()
    {
        var run = await CliRun.AsAdaAsync(_server, "inbox", "--limit", "1", "--json");

        Assert.Equal(
            """{"id":20,"sender":"bob","recipient":"ada","content":"😀 20","sent_at":"2026-03-04T05:06:07.089Z","away":false}"""
                + Environment.NewLine,
            run.Output);
    }

    [Fact]
    public async Task Away_marks_as_delivered_what_it_has_printed()
    {
        await CliRun.AsAdaAsync(_server, "away", "--limit", "9");

        Assert.Equal(9, Assert.Single(_server.Requests.OfType<MarkDelivered>()).Through);
    }

    [Fact]
    public async Task Whois_finds_the_one_of_that_name_among_many()
    {
        var there = await CliRun.AsAdaAsync(_server, "whois", "BOB2");
        var notThere = await CliRun.AsAdaAsync(_server, "whois", "bob7", "--json");
        var nobody = await CliRun.AsAdaAsync(_server, "whois", "bo");

        Assert.Equal("bob2: present" + Environment.NewLine, there.Output);
        Assert.Equal("""{"id":7,"username":"bob7","present":false}""" + Environment.NewLine, notThere.Output);
        Assert.Equal(ExitCode.NoSuchRecipient, nobody.ExitCode);
    }

    [Theory]
    [InlineData(20, "read", "bob")]
    [InlineData(7, "read", "bob", "--through", "7")]
    [InlineData(20, "read", "bob", "--through", "999999")]
    [InlineData(20, "read", "bob", "--through", "9223372036854775807")]
    [InlineData(14, "read", "cyd")] // what follows is one's own
    [InlineData(4, "read", "CYD", "--through", "13")]
    public async Task Read_marks_the_newest_of_the_other_person_and_says_which(int through, params string[] arguments)
    {
        _server.On<ReadHistory>(read => new History([.. Newest(read.Before, read.Count)
            .Select(message => read.With == "bob" || message.Id is 4 or 14
                ? message with { Sender = read.With!.ToLowerInvariant() }
                : message with { Sender = "ada", Recipient = "cyd" })]));

        var run = await CliRun.AsAdaAsync(_server, [.. arguments, "--json"]);

        var mark = Assert.Single(_server.Requests.OfType<MarkRead>());
        Assert.Equal((arguments[1], through), (mark.With, mark.Through));
        Assert.Equal(through, Assert.Single(Lines(run.Output)).GetProperty("through").GetInt64());
    }

    [Theory]
    [InlineData("There are no messages from bob up to 0.", "read", "bob", "--through", "0")]
    [InlineData("There are no messages from eve.", "read", "eve")]
    public async Task Read_without_a_message_to_mark_says_so(string sentence, params string[] arguments)
    {
        _server.On<ListAccounts>(_ => new AccountsListed([new(2, "bob"), new(4, "eve")]));
        _server.On<ReadHistory>(read => new History([.. read.With == "eve" ? [] : Newest(read.Before, read.Count)]));

        var run = await CliRun.AsAdaAsync(_server, arguments);

        Assert.Equal((ExitCode.Done, sentence + Environment.NewLine), (run.ExitCode, run.Error));
        Assert.Empty(_server.Requests.OfType<MarkRead>());
    }

    [Theory]
    [InlineData("history")]
    [InlineData("read")]
    public async Task Nobody_has_no_messages(string verb)
    {
        _server.On<ListAccounts>(_ => new AccountsListed([new(2, "bobby")]));
        _server.On<ReadHistory>(_ => new History([]));

        var run = await CliRun.AsAdaAsync(_server, verb, "bob");

        Assert.Equal(
            (ExitCode.NoSuchRecipient, "jochat: There is nobody called bob." + Environment.NewLine), (run.ExitCode, run.Error));
    }

    [Fact]
    public async Task Send_in_json_tells_id_and_time_and_uses_the_client_id_given()
    {
        _server.On<SendMessage>(_ => new MessageStored(new StoredAs(7, Sent)));

        var run = await CliRun.AsAdaAsync(_server, "send", "bob", "hi", "--client-id", "order 17", "--json");

        var told = Assert.Single(Lines(run.Output));
        Assert.Equal(7, told.GetProperty("id").GetInt64());
        Assert.Equal("2026-03-04T05:06:07.089Z", told.GetProperty("sent_at").GetString());
        Assert.Equal("order 17", Assert.Single(_server.Requests.OfType<SendMessage>()).ClientId);
    }

    [Theory]
    [InlineData("no_such_recipient", "send", "bob", "hi")]
    [InlineData("usage", "send")]
    [InlineData("usage", "sned", "bob", "hi")]
    [InlineData("usage", "inbox", "--timeout", "0")]
    [InlineData("usage", "send", "bob", "hi", "--nonsense")]
    public async Task With_json_errors_are_json_with_their_code(string code, params string[] arguments)
    {
        _server.On<SendMessage>(
            request => new Refused(request.Operation, ErrorCode.NoSuchRecipient, "Recipient does not exist."));

        var run = await CliRun.AsAdaAsync(_server, [.. arguments, "--json"]);

        Assert.Equal(code, Assert.Single(Lines(run.Error)).GetProperty("error").GetProperty("code").GetString());
    }

    private static IEnumerable<long> Numbers() => Enumerable.Range(1, 20).Select(number => (long)number);

    private static IEnumerable<HistoryMessage> Newest(long? before, int count) =>
        Numbers().Where(id => id < (before ?? 21)).TakeLast(Math.Min(count, 7)).Select(Message);

    private static HistoryMessage Message(long id) =>
        new(id, "bob", "ada", $"😀 {id}", Sent, MessageState.Delivered);

    private static IEnumerable<JsonElement> Lines(string text) => text
        .Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries)
        .Select(line => JsonDocument.Parse(line).RootElement);
}
