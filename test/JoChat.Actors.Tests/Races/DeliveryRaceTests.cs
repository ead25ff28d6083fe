using System.Globalization;
using JoChat.Protocol;
using JoChat.Storage;
using JoChat.Testing;

namespace JoChat.Actors.Tests;

/// <summary>Take-overs, acknowledgements, closed connections and new messages in every order that chance finds, over
/// the real actors and store.</summary>
public sealed class DeliveryRaceTests : IDisposable
{
    public const int WindowMessages = 4;
    private const int Seeds = 60;
    private static readonly TimeSpan AWhile = TimeSpan.FromSeconds(1); // whatever is put off is done by then

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jochat-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Nothing_is_lost_counted_twice_stored_twice_or_out_of_order() => Simulation.TrySeeds(Seeds, simulation =>
    {
        var file = string.Create(CultureInfo.InvariantCulture, $"chat{simulation.Seed}.db");
        using var store = SqliteChatStore.Open(Path.Combine(_folder.FullName, file));
        SimulatedChat.AddAccounts(store, simulation.Time, "ada", "bob");
        using var chat = new SimulatedChat(
            simulation, store, store.OpenReader(), new SessionOptions { WindowMessages = WindowMessages });
        var race = new Race(simulation, chat);

        race.Play(steps: 150);
        race.Settle();

        race.AssertAllArrived();
    });

    private sealed class Race
    {
        private readonly Simulation _simulation;
        private readonly Random _random;
        private readonly SimulatedChat _chat;
        private readonly List<Device> _adas = [];
        private readonly List<Device> _bobs = [];
        private readonly List<SendMessage> _sent = [];

        public Race(Simulation simulation, SimulatedChat chat)
        {
            (_simulation, _chat, _random) = (simulation, chat, new Random(simulation.Seed));
            Connect(_adas, "ada", Features.None);
            Connect(_bobs, "bob", Features.Push | Features.Ack);
        }

        private Device Ada => _adas[^1];

        private Device Bob => _bobs[^1];

        public void Play(int steps)
        {
            for (var step = 0; step < steps; step++)
            {
                Act(_random.Next(13));
                var turns = _random.Next(_random.Next(3) == 0 ? 40 : 4);
                for (var turn = 0; turn < turns; turn++) { _simulation.Step(); }
            }
        }

        /// <summary>The last devices do all that there is to do.</summary>
        public void Settle()
        {
            _simulation.Run(); // or a login that is still on its way takes over from the last
            ChangeAda();
            Connect(_bobs, "bob", Features.Push | Features.Ack);
            for (var quiet = 0; quiet < 3;)
            {
                var before = (Bob.Received.Count, Ada.Answers.Count);
                _simulation.Run();
                Ada.Write();
                Bob.Write();
                Bob.Acknowledge(_random, chance: 1);
                _simulation.Run();
                quiet = before == (Bob.Received.Count, Ada.Answers.Count) ? quiet + 1 : 0;
            }
            _simulation.Advance(AWhile);
        }

        public void AssertAllArrived()
        {
            var arrived = _bobs.SelectMany(bob => bob.Kept).DistinctBy(message => message.Id)
                .OrderBy(message => message.Id).Select(message => message.Content);
            Assert.Empty(_bobs.SelectMany(bob => bob.Faults));
            Assert.Equal(_sent.Select(send => send.Content), arrived);

            Connect(_bobs, "bob", Features.Push | Features.Ack);
            _simulation.Run();
            Bob.Write();
            Assert.Equal((0L, 0), (Bob.UnreadAtLogin, Bob.Received.Count));
        }

        private void Act(int action)
        {
            var bob = _bobs[_random.Next(Math.Max(0, _bobs.Count - 3), _bobs.Count)]; // one that is over, too
            switch (action)
            {
                case 0 or 1 or 2 or 3: Send(); break;
                case 4 or 5: bob.Write(); break;
                case 6 or 7: bob.Acknowledge(_random, chance: 0.7); break;
                case 8:
                    Connect(_bobs, "bob", _random.Next(3) == 0 ? Features.Push : Features.Push | Features.Ack);
                    break;
                case 9: Bob.Session.Tell(InputEnded.Instance, ActorRefs.NoSender); break;
                case 10: bob.HasRoom = false; break;
                case 11: _simulation.Advance(AWhile); break; // so that marks are written without need, too
                default: ChangeAda(); break;
            }
        }

        private void Send()
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"{_sent.Count}");
            _sent.Add(new SendMessage("ada", "bob", text, ClientId: text) { Id = new RequestId(text) });
            Ada.Session.Submit(_sent[^1]);
        }

        // On another device, and sends again there what was not answered as stored.
        private void ChangeAda()
        {
            Ada.Write();
            var answers = _adas.SelectMany(ada => ada.Answers).OfType<MessageStored>();
            var stored = answers.Select(answer => answer.Id).ToHashSet();
            Connect(_adas, "ada", Features.None);
            foreach (var send in _sent)
            {
                if (!stored.Contains(send.Id)) { Ada.Session.Submit(send); }
            }
        }

        private void Connect(List<Device> devices, string name, Features features)
        {
            var device = new Device(name, features);
            device.Session = _chat.OpenSession(device);
            device.LogIn();
            devices.Add(device);
        }
    }
}
