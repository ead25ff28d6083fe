using JoChat.Link;
using JoChat.Protocol;
using JoChat.Storage;
using JoChat.Testing;

namespace JoChat.Cluster.Tests;

/// <summary>Two gateways and a writer, each an actor system of its own, over Akka.Remote: clients find the chat that they know
/// from a single process.</summary>
public sealed class LinkedChatTests : IAsyncLifetime, IDisposable
{
    private const Features Acks = Features.Push | Features.Ack;

    private readonly TemporaryFolder _folder = new();
    private readonly ActorSystem[] _systems =
        [RemoteSystems.Start("writer"), RemoteSystems.Start("gateway"), RemoteSystems.Start("gateway")];

    private SqliteChatStore _store = null!;
    private GatewaySide _one = null!, _other = null!;

    public async Task InitializeAsync()
    {
        _store = WriterSide.OpenStore(_folder.File("chat.db"));
        var writer = new WriterSide(_systems[0], _store, new LinkOptions(), TimeProvider.System);
        (_one, _other) = (Gateway(writer, _systems[1]), Gateway(writer, _systems[2]));
        await Task.WhenAll(_one.Linked, _other.Linked).OrFail();
        await _one.SignUpAsync("Ada", "Bob");
    }

    public async Task DisposeAsync()
    {
        await Task.WhenAll(_systems.Reverse().Select(system => system.Terminate())).OrFail();
        _store.Dispose();
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Messages_go_both_ways_live_and_away_and_stand_in_the_history()
    {
        var ada = await _one.LogInAsync("ada", Acks | Features.Receipts);
        await ada.ExpectAsync<QueueEmptied>();
        await ada.AskAsync<MessageStored>(new SendMessage("Ada", "bob", "are you there?"));

        var bob = await _other.LogInAsync("bob", Acks);
        var away = await bob.ExpectAsync<MessageArrived>();
        await bob.ExpectAsync<QueueEmptied>();
        bob.Submit(new Acknowledge([away.Id]));
        await bob.AskAsync<MessageStored>(new SendMessage("Bob", "ada", "I am"));
        var live = await ada.ExpectAsync<MessageArrived>();
        var receipt = await ada.ExpectAsync<ReceiptArrived>();
        var history = await ada.AskAsync<History>(new ReadHistory("bob", null, 100));
        var listed = await bob.AskAsync<AccountsListed>(new ListAccounts("*", 0, 10));

        Assert.Equal(("are you there?", true), (away.Content, away.Away));
        Assert.Equal(("I am", false), (live.Content, live.Away));
        Assert.Equal(away.Id, Assert.Single(receipt.Ids));
        Assert.Equal(["are you there?", "I am"], history.Messages.OrderBy(message => message.Id).Select(message => message.Content));
        Assert.Equal(["Ada", "Bob"], listed.Users.Select(account => account.Username));
    }

    [Fact]
    public async Task Clients_of_one_gateway_each_hear_what_is_theirs()
    {
        var ada = await _one.LogInAsync("ada", Features.Push);
        var bob = await _one.LogInAsync("bob", Features.Push);
        await ada.ExpectAsync<QueueEmptied>();
        await bob.ExpectAsync<QueueEmptied>();

        await ada.AskAsync<MessageStored>(new SendMessage("Ada", "bob", "to Bob"));
        await bob.AskAsync<MessageStored>(new SendMessage("Bob", "ada", "to Ada"));

        Assert.Equal("to Bob", (await bob.ExpectAsync<MessageArrived>()).Content);
        Assert.Equal("to Ada", (await ada.ExpectAsync<MessageArrived>()).Content);
    }

    [Fact]
    public async Task A_take_over_from_another_gateway_ends_the_session_before()
    {
        var before = await _one.LogInAsync("ada");
        Assert.Equal(ErrorCode.AlreadyLoggedIn, (await _other.Connect().AskAsync<Refused>(LogIn("ada"))).Code);

        var after = await _other.LogInAsync("ada", takeover: true);

        await before.Closed.OrFail();
        Assert.Equal(SessionCloseReason.TakenOver, (await before.ExpectAsync<SessionClosed>()).Reason);
        await after.AskAsync<MessageStored>(new SendMessage("Ada", "bob", "from the other gateway"));
    }

    [Fact]
    public async Task Ten_thousand_sends_arrive_once_and_in_order()
    {
        const int Count = 10_000;
        var bob = await _other.LogInAsync("bob", Features.Push);
        await bob.ExpectAsync<QueueEmptied>();
        var ada = await _one.LogInAsync("ada");

        foreach (var number in Enumerable.Range(0, Count)) { ada.Submit(new SendMessage("Ada", "bob", $"{number}")); }
        for (var answered = 0; answered < Count; answered++) { Assert.IsType<MessageStored>(await ada.AnswerAsync()); }

        var received = new List<string>();
        while (received.Count < Count) { received.Add((await bob.ExpectAsync<MessageArrived>()).Content); }
        Assert.Equal(Enumerable.Range(0, Count).Select(number => $"{number}"), received);
    }

    [Fact]
    public async Task The_longest_answer_crosses_a_link()
    {
        var ada = await _one.LogInAsync("ada");
        var content = new string('\u0001', Limits.MaxContentBytes); // six bytes each in JSON
        for (var i = 0; i < 16; i++) { await ada.AskAsync<MessageStored>(new SendMessage("Ada", "bob", content)); }

        var bob = await _other.LogInAsync("bob");
        Assert.Equal(15, (await bob.AskAsync<AwayFetched>(new FetchAway(100))).Messages.Length);
    }

    private static LogIn LogIn(string name) => new(name, new Secret("secret"), Takeover: false);

    private GatewaySide Gateway(WriterSide writer, ActorSystem system) => new(
        system, RemoteSystems.Reach(writer.Links, _systems[0], system), new LinkOptions(), TimeProvider.System);
}
