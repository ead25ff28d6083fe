using System.Globalization;
using JoChat.Actors;
using JoChat.Protocol;
using JoChat.Testing;

namespace JoChat.Cluster.Tests;

/// <summary>Writers that die at work, links that break, log-ins that take over, and messages, in every order that chance
/// finds.</summary>
public sealed class RebindRaceTests
{
    [Fact]
    public void What_is_acknowledged_is_delivered_once_a_connection_and_in_order_and_an_account_has_one_session() =>
        LinkedSimulation.Try(seeds: 40, (simulation, chat) =>
        {
            var race = new Race(simulation, chat);

            for (var round = 0; round < 3; round++)
            {
                race.Play(steps: 70);
                race.Settle();
                race.AssertOneSessionEach();
            }

            race.AssertAllArrived();
        });

    private sealed class Race(Simulation simulation, LinkedSimulation chat)
    {
        private readonly Random _random = new(simulation.Seed);
        private readonly Sender _ada = new();
        private readonly Recipient _bob = new();
        private bool _hasWriter = true;

        private GatewaySide AnyGateway => _random.Next(2) == 0 ? chat.One : chat.Other;

        public void Play(int steps)
        {
            for (var step = 0; step < steps; step++)
            {
                Act(_random.Next(22));
                for (var turn = _random.Next(_random.Next(3) == 0 ? 200 : 10); turn > 0; turn--) { simulation.Step(); }
                Look();
            }
        }

        /// <summary>Until both are logged in by links that are whole, and have done all there is to do.</summary>
        public void Settle()
        {
            ChangeWriter(isThere: true);
            foreach (var gateway in (GatewaySide[])[chat.One, chat.Other])
            {
                gateway.Carrier.Tell(new Carrier.Mend());
                gateway.Carrier.Tell(new Carrier.Lose(0));
            }
            for (var round = 0; round < 60 && (round < 5 || !IsSettled); round++)
            {
                simulation.Advance(TimeSpan.FromSeconds(2));
                Look();
                ComeBack();
                _bob.Acknowledge(_random, chance: 1);
            }
        }

        public void AssertOneSessionEach()
        {
            foreach (var person in (Person[])[_ada, _bob])
            {
                var only = Assert.Single(person.Open);
                Assert.IsType<UnreadCounted>(chat.Ask(only, new CountUnread()));
            }
        }

        public void AssertAllArrived()
        {
            Assert.Equal(_ada.Sent, _ada.Answered.Count);
            Assert.Equal(
                Enumerable.Range(0, _ada.Sent), _bob.Received.OrderBy(message => message.Key).Select(message => message.Value));
        }

        private bool IsSettled => _ada.Answered.Count == _ada.Sent && _bob.Received.Count == _ada.Sent && _ada.IsIn && _bob.IsIn;

        private void Act(int action)
        {
            switch (action)
            {
                case < 8: _ada.Send(); break;
                case < 11: _bob.Acknowledge(_random, chance: 0.7); break;
                case 11 when _random.Next(3) == 0: AnyGateway.Carrier.Tell(new Carrier.Lose(1)); break;
                case 12 when _random.Next(3) == 0: AnyGateway.Carrier.Tell(new Carrier.Cut()); break;
                case 13: AnyGateway.Carrier.Tell(new Carrier.Mend()); break;
                case 14: simulation.Advance(TimeSpan.FromSeconds(_random.Next(3) == 0 ? 6 : 0.3)); break;
                case 15: ComeBack(); break;
                case 16: ChangeWriter(isThere: false); break;
                case 17 or 18: ChangeWriter(isThere: true); break;
                case 19 when _random.Next(3) == 0: _ada.Connect(AnyGateway, _random); break;
                case 20 when _random.Next(2) == 0: _bob.Connect(AnyGateway, _random); break;
                case 21: simulation.Advance(LinkChannel.TickInterval); break; // a gateway greets
            }
        }

        private void ChangeWriter(bool isThere)
        {
            if (isThere == _hasWriter) { return; }
            _hasWriter = isThere;
            if (isThere) { chat.StartWriter(); }
            else { chat.KillWriterAtWork(); }
        }

        private void ComeBack()
        {
            if (_ada.IsGone) { _ada.Connect(AnyGateway, _random); }
            if (_bob.IsGone) { _bob.Connect(AnyGateway, _random); }
        }

        private void Look()
        {
            _ada.Look();
            _bob.Look();
        }
    }

    /// <summary>A connection of somebody, and what came by it.</summary>
    private sealed class Line(Client client)
    {
        public Client Client => client;

        public bool IsLoggedIn { get; set; }

        public Queue<int> Unanswered { get; } = new();

        public HashSet<long> Unacknowledged { get; } = [];

        public long LastId { get; set; }
    }

    /// <summary>Someone who logs in, takes over from another place, and comes back when the connection is closed or the
    /// login refused.</summary>
    private abstract class Person(string name)
    {
        private readonly List<Line> _lines = [];

        /// <summary>The newest connection.</summary>
        protected Line? Current { get; private set; }

        public bool IsGone => Current is null || Current.Client.Closed.IsCompleted;

        public bool IsIn => !IsGone && Current!.IsLoggedIn;

        /// <summary>Whose connections are not closed.</summary>
        public IEnumerable<Client> Open => _lines.Select(line => line.Client).Where(client => !client.Closed.IsCompleted);

        public void Connect(GatewaySide at, Random random)
        {
            _lines.Add(Current = new Line(at.Connect()));
            Current.Client.Submit(new Hello("test", FeaturesOf(random)));
            Current.Client.Submit(LinkedSimulation.LogIn(name, takeover: true));
        }

        public void Look()
        {
            foreach (var line in _lines)
            {
                foreach (var answer in line.Client.TakeAnswers()) { Take(line, answer); }
                foreach (var message in line.Client.TakeEvents().OfType<MessageArrived>()) { Take(line, message); }
            }
            _lines.RemoveAll(line => line.Client.Closed.IsCompleted);
        }

        protected abstract Features FeaturesOf(Random random);

        protected virtual void Enter(Line line)
        {
        }

        protected virtual void TakeAnswer(Line line, bool isStored)
        {
        }

        protected virtual void Take(Line line, MessageArrived message)
        {
        }

        private void Take(Line line, Response answer)
        {
            switch (answer)
            {
                case Welcome: break;
                case LoggedIn:
                    line.IsLoggedIn = true;
                    if (line == Current) { Enter(line); }
                    break;
                case MessageStored: TakeAnswer(line, isStored: true); break;
                case Refused { Operation: Operation.SendMessage }:
                    TakeAnswer(line, isStored: false);
                    line.Client.Session.Tell(InputEnded.Cut, ActorRefs.NoSender); // it sends all again, in order
                    break;
                case Refused { Operation: Operation.LogIn, Code: ErrorCode.StorageUnavailable }:
                    line.Client.Session.Tell(InputEnded.Cut, ActorRefs.NoSender);
                    break;
                default: Assert.Fail($"{name} was answered {answer}."); break;
            }
        }
    }

    private sealed class Sender() : Person("ada")
    {
        public int Sent { get; private set; }

        public HashSet<int> Answered { get; } = [];

        public void Send()
        {
            Sent++;
            if (IsIn) { Submit(Current!, Sent - 1); }
        }

        protected override Features FeaturesOf(Random random) => Features.None;

        protected override void Enter(Line line)
        {
            for (var number = 0; number < Sent; number++)
            {
                if (!Answered.Contains(number)) { Submit(line, number); }
            }
        }

        protected override void TakeAnswer(Line line, bool isStored)
        {
            var number = line.Unanswered.Dequeue();
            if (isStored) { Answered.Add(number); }
        }

        private static void Submit(Line line, int number)
        {
            line.Unanswered.Enqueue(number);
            line.Client.Submit(new SendMessage("Ada", "bob", $"{number}", ClientId: $"{number}"));
        }
    }

    private sealed class Recipient() : Person("bob")
    {
        public Dictionary<long, int> Received { get; } = [];

        public void Acknowledge(Random random, double chance)
        {
            if (!IsIn) { return; }
            long[] ids = [.. Current!.Unacknowledged.Where(_ => random.NextDouble() < chance)];
            Current.Unacknowledged.ExceptWith(ids);
            Current.Client.Submit(new Acknowledge([.. ids]));
        }

        protected override Features FeaturesOf(Random random) =>
            random.Next(3) == 0 ? Features.Push : Features.Push | Features.Ack;

        protected override void Take(Line line, MessageArrived message)
        {
            Assert.True(message.Id > line.LastId, $"{message.Id} came behind {line.LastId}.");
            line.LastId = message.Id;
            line.Unacknowledged.Add(message.Id);
            Received[message.Id] = int.Parse(message.Content, CultureInfo.InvariantCulture);
        }
    }
}
