using System.Globalization;
using JoChat.Protocol;
using JoChat.Storage;
using JoChat.Testing;

namespace JoChat.Actors.Tests;

/// <summary>Everything that clients may ask, in every order that chance finds, over the real actors and a real file on
/// a disk that fails at times. What an actor throws fails the simulation.</summary>
public sealed class PersistenceRaceTests : IDisposable
{
    private const int Seeds = 60;
    private const Features AllFeatures =
        Features.Push | Features.Ack | Features.Receipts | Features.Typing | Features.Presence | Features.Side;

    private static readonly string[] Lasting = ["ada", "bob", "cyd"];
    private static readonly string[] Everyone = [.. Lasting, "eve"]; // she deletes her account at times

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jochat-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Failing_disk_ends_nothing_and_loses_nothing_acknowledged() => Simulation.TrySeeds(Seeds, Play);

    private void Play(Simulation simulation)
    {
        var file = string.Create(CultureInfo.InvariantCulture, $"chat{simulation.Seed}.db");
        using var sound = SqliteChatStore.Open(Path.Combine(_folder.FullName, file));
        SimulatedChat.AddAccounts(sound, simulation.Time, [.. Everyone, "dan"]);
        var store = new FailingStore(sound, new Random(simulation.Seed));
        using var chat = new SimulatedChat(
            simulation, store.Calls, store.OpenReader(), new SessionOptions { WindowMessages = 4 });
        var race = new Race(simulation, chat, store);

        race.Play(steps: 400);
        race.Settle();

        race.AssertEachRequestWasAnsweredOnce();
        race.AssertPresentIsWhoIsLoggedIn();
        race.AssertStoredIsWhatWasAcknowledged();
        race.AssertPasswordIsOneThatWasNotRefused();
    }

    private sealed class Race(Simulation simulation, SimulatedChat chat, FailingStore store)
    {
        private readonly Random _random = new(simulation.Seed);
        private readonly List<Requester> _clients = [];
        private readonly List<SendMessage> _repeatable = [];
        private int _texts;

        private IEnumerable<(Request Request, Response Response)> Answers =>
            _clients.SelectMany(client => client.Answers);

        public void Play(int steps)
        {
            foreach (var name in Everyone) { Connect(name); }
            for (var step = 0; step < steps; step++)
            {
                var open = _clients.Where(client => !client.IsClosed).TakeLast(8).ToArray();
                var client = open.Length == 0 ? _clients[^1] : open[_random.Next(open.Length)];
                if (!ActOn(client, _random.Next(30))) { client.Ask(NextOf(client)); }
                var turns = _random.Next(_random.Next(8) == 0 ? 80 : 3);
                for (var turn = 0; turn < turns; turn++) { simulation.Step(); }
            }
        }

        /// <summary>The disk works again, and everything is done that there is to do.</summary>
        public void Settle()
        {
            store.IsFailing = false;
            foreach (var client in _clients) { client.Write(); }
            simulation.Advance(TimeSpan.FromSeconds(2)); // whatever is put off is done by then
        }

        public void AssertEachRequestWasAnsweredOnce()
        {
            Assert.Empty(_clients.SelectMany(client => client.Faults));
            Assert.Empty(_clients.Where(client => !client.IsClosed).SelectMany(client => client.Unanswered));
        }

        public void AssertPresentIsWhoIsLoggedIn()
        {
            var sessions = _clients.Where(client => client.IsLoggedIn && !client.IsClosed).ToArray();
            var own = sessions.Where(client => !client.Features.HasFlag(Features.Side)).Select(client => client.Name);
            Assert.Equal(own.Distinct(), own);
            var loggedIn = sessions.Where(client => (client.Features & (Features.Side | Features.Push)) != Features.Side)
                .Select(client => client.Name).Distinct().Order().ToArray();

            var (_, present) = Single(Enter("dan"), new AskPresence([.. Everyone]));

            Assert.Equal(loggedIn, Assert.IsType<PresenceOf>(present).Online.Order());
        }

        public void AssertStoredIsWhatWasAcknowledged()
        {
            var sends = Answers.Where(answer => answer.Request is SendMessage send && Lasting.Contains(send.Recipient)
                && Lasting.Contains(send.Sender)).ToArray();
            var acknowledged = sends.Where(answer => answer.Response is MessageStored).Select(TextOf).ToHashSet();
            var refused = sends.Where(answer => answer.Response is Refused).Select(TextOf).ToHashSet();
            refused.ExceptWith(_repeatable.Select(send => send.Content!)); // these may have been stored by another try

            var stored = Lasting.SelectMany(StoredTextsOf).ToArray();

            Assert.NotEmpty(acknowledged);
            Assert.Equal(stored.Distinct(), stored);
            Assert.Empty(acknowledged.Except(stored));
            Assert.Empty(refused.Intersect(stored));
        }

        public void AssertPasswordIsOneThatWasNotRefused()
        {
            foreach (var name in Lasting)
            {
                var changes = _clients.Where(client => client.Name == name).SelectMany(client => client.Answers)
                    .Where(answer => answer.Request is ChangePassword).ToArray();
                var refused = changes.Where(answer => answer.Response is Refused).Select(NewPasswordOf);
                var hash = store.Calls.FindAccount(Username.Fold(name))!.PasswordHash;

                Assert.DoesNotContain(hash, refused);
                Assert.True(hash != "secret" || !changes.Any(answer => answer.Response is PasswordChanged));
            }
        }

        private static string TextOf((Request Request, Response Response) answer) =>
            ((SendMessage)answer.Request).Content!;

        private static string NewPasswordOf((Request Request, Response Response) answer) =>
            ((ChangePassword)answer.Request).NewPassword!.Value.Value;

        private IEnumerable<string> StoredTextsOf(string sender)
        {
            var client = Enter(sender);
            foreach (var other in Lasting)
            {
                var (_, answer) = Single(client, new ReadHistory(other, Before: null, Limits.MaxHistoryMessages));
                foreach (var message in Assert.IsType<History>(answer).Messages.Where(sent => sent.Sender == sender))
                {
                    yield return message.Content;
                }
            }
        }

        // What is no request. False if it is a request's turn.
        private bool ActOn(Requester client, int action)
        {
            switch (action)
            {
                case <= 3: client.Write(); break;
                case <= 6: client.AcknowledgeAll(); break;
                case 7: client.HasRoom = false; break;
                case 8: store.IsFailing = !store.IsFailing; break;
                case 9 when _random.Next(2) == 0: client.EndInput(); break;
                case 9: simulation.Advance(TimeSpan.FromMilliseconds(_random.Next(100))); break;
                case 10: Connect(Any(Everyone)); break;
                default: return false;
            }
            return true;
        }

        private Request NextOf(Requester client) => !client.IsLoggedIn && _random.Next(3) > 0
            ? Entrance(client.Name)
            : RequestOf(client.Name, _random.Next(23));

        private Request RequestOf(string name, int kind) => kind switch
        {
            <= 6 => Send(name),
            <= 8 => new CountUnread(),
            9 => new FetchAway(_random.Next(5)),
            10 => new ListDelivered(),
            11 => new ListConversations(Before: null),
            12 => new ReadHistory(Any(Everyone), Before: null),
            13 => new AskPresence([Any(Everyone), Any(Everyone)]),
            14 => new Typing(Any(Everyone)),
            15 => new MarkRead(Any(Everyone), _random.Next(_texts + 1)),
            16 => new LogOut(),
            17 => _random.Next(3) == 0 ? new Hello("race", SomeFeatures()) : Entrance(name),
            18 => new ReadInbox(_random.Next(2) == 0 ? null : _random.Next(_texts + 1), Count: _random.Next(5)),
            19 => new ReadInbox(0, UndeliveredOnly: true),
            20 => new MarkDelivered(_random.Next(_texts + 1)),
            21 => new ChangePassword(new Secret("any"), new Secret($"secret {_texts++}")),
            _ => name == "eve" && _random.Next(2) == 0 ? new DeleteAccount() : new SignUp(name, new Secret("secret")),
        };

        // One that was sent before is sent again at times: it must not be stored twice.
        private SendMessage Send(string sender)
        {
            var before = _repeatable.Where(send => send.Sender == sender).ToArray();
            if (before.Length > 0 && _random.Next(4) == 0) { return before[_random.Next(before.Length)]; }
            var text = string.Create(CultureInfo.InvariantCulture, $"{_texts++}");
            var send = new SendMessage(sender, Any(Everyone), text, _random.Next(2) == 0 ? text : null);
            if (send.ClientId is not null) { _repeatable.Add(send); }
            return send;
        }

        private Request Entrance(string name)
        {
            var token = _clients.LastOrDefault(client => client.Name == name && client.Token is not null)?.Token;
            return token is not null && _random.Next(3) == 0
                ? new Resume(token)
                : new LogIn(name, new Secret("any"), Takeover: _random.Next(5) > 0, WantsToken: _random.Next(4) > 0);
        }

        private void Connect(string name)
        {
            var client = Open(name);
            // Who has never said hello is not told that her account is deleted.
            if (name == "eve" || _random.Next(4) > 0) { client.Ask(new Hello("race", SomeFeatures())); }
            client.Ask(Entrance(name));
        }

        private Requester Open(string name)
        {
            var client = new Requester(name);
            client.Session = chat.OpenSession(client);
            _clients.Add(client);
            return client;
        }

        private Requester Enter(string name)
        {
            var client = Open(name);
            Single(client, new LogIn(name, new Secret("any"), Takeover: true));
            return client;
        }

        private (Request Request, Response Response) Single(Requester client, Request request)
        {
            client.Ask(request);
            simulation.Run();
            return client.Answers[^1];
        }

        private Features SomeFeatures() =>
            (Features)_random.Next((int)AllFeatures + 1) | (_random.Next(8) == 0 ? Features.None : Features.Push);

        private string Any(string[] names) => names[_random.Next(names.Length)];
    }
}
