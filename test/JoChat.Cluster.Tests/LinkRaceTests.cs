using System.Globalization;
using JoChat.Protocol;
using JoChat.Testing;

namespace JoChat.Cluster.Tests;

/// <summary>Links that lose, hold and cut what they carry, clients that come back, and messages, in every order that
/// chance finds.</summary>
public sealed class LinkRaceTests
{
    [Fact]
    public void Nothing_acknowledged_is_lost_and_nothing_stored_twice_or_out_of_order() =>
        LinkedSimulation.Try(seeds: 25, (simulation, chat) =>
        {
            var race = new Race(simulation, chat);

            race.Play(steps: 200);
            race.Settle();

            race.AssertAllArrived();
        });

    private sealed class Race(Simulation simulation, LinkedSimulation chat)
    {
        private const int Longest = 60_000; // some of them are more than a link's window
        private readonly Random _random = new(simulation.Seed);
        private readonly Sender _ada = new();
        private readonly Recipient _bob = new();

        private bool IsSettled => _ada.Answered == _ada.Sent && _bob.Received.Count == _ada.Sent;

        private GatewaySide AnyGateway => _random.Next(2) == 0 ? chat.One : chat.Other;

        public void Play(int steps)
        {
            for (var step = 0; step < steps; step++)
            {
                Act(_random.Next(20));
                for (var turn = _random.Next(_random.Next(3) == 0 ? 200 : 10); turn > 0; turn--) { simulation.Step(); }
                Look();
            }
        }

        /// <summary>Until both are logged in by links that are whole, and have done all there is to do.</summary>
        public void Settle()
        {
            foreach (var gateway in (GatewaySide[])[chat.One, chat.Other])
            {
                gateway.Carrier.Tell(new Carrier.Mend());
                gateway.Carrier.Tell(new Carrier.Lose(0));
                gateway.Carrier.Tell(new Carrier.LetReplies(_ => { }));
            }
            for (var round = 0; round < 60 && !IsSettled; round++)
            {
                simulation.Advance(TimeSpan.FromSeconds(2));
                Look();
                ComeBack();
                _bob.Acknowledge(_random, chance: 1);
            }
        }

        public void AssertAllArrived()
        {
            Assert.Equal(_ada.Sent, _ada.Answered);
            var numbers = _bob.Received.OrderBy(message => message.Key)
                .Select(message => int.Parse(message.Value, CultureInfo.InvariantCulture));
            Assert.Equal(Enumerable.Range(0, _ada.Sent), numbers);
        }

        private void Act(int action)
        {
            switch (action)
            {
                case < 10: _ada.Send(_random.Next(_random.Next(2) == 0 ? Longest : 100)); break;
                case < 13: _bob.Acknowledge(_random, chance: 0.7); break;
                case 13: AnyGateway.Carrier.Tell(new Carrier.HoldReplies()); break;
                case 14 when _random.Next(2) == 0: AnyGateway.Carrier.Tell(new Carrier.LetReplies(_ => { })); break;
                case 15 when _random.Next(3) == 0: AnyGateway.Carrier.Tell(new Carrier.Lose(1)); break;
                case 16 when _random.Next(3) == 0: AnyGateway.Carrier.Tell(new Carrier.Cut()); break;
                case 17: AnyGateway.Carrier.Tell(new Carrier.Mend()); break;
                case 18: simulation.Advance(TimeSpan.FromSeconds(_random.Next(3) == 0 ? 6 : 0.3)); break;
                case 19: ComeBack(); break;
            }
        }

        private void ComeBack()
        {
            if (_ada.IsGone) { _ada.Connect(AnyGateway); }
            if (_bob.IsGone) { _bob.Connect(AnyGateway); }
        }

        private void Look()
        {
            _ada.Look();
            _bob.Look();
        }
    }

    /// <summary>Someone who logs in, and again when the connection is closed or the login refused.</summary>
    private abstract class Person(string name, Features features)
    {
        protected Client? Client { get; private set; }

        protected bool IsLoggedIn { get; private set; }

        public bool IsGone { get; private set; } = true;

        public virtual void Connect(GatewaySide at)
        {
            Client = at.Connect();
            (IsGone, IsLoggedIn) = (false, false);
            Client.Submit(new Hello("test", features));
            Client.Submit(LinkedSimulation.LogIn(name, takeover: true));
        }

        public void Look()
        {
            if (Client is null || IsGone) { return; }
            foreach (var answer in Client.TakeAnswers())
            {
                switch (answer)
                {
                    case Welcome: break;
                    case LoggedIn:
                        IsLoggedIn = true;
                        Enter();
                        break;
                    case Refused { Code: ErrorCode.StorageUnavailable } when !IsLoggedIn: IsGone = true; break;
                    case MessageStored: TakeStored(); break;
                    default: Assert.Fail($"{name} was answered {answer}."); break;
                }
            }
            foreach (var news in Client.TakeEvents().OfType<MessageArrived>()) { Take(news); }
            IsGone |= Client.Closed.IsCompleted;
            IsLoggedIn &= !IsGone;
        }

        protected virtual void Enter()
        {
        }

        protected virtual void TakeStored()
        {
        }

        protected virtual void Take(MessageArrived message)
        {
        }
    }

    private sealed class Sender() : Person("ada", Features.None)
    {
        private readonly Queue<SendMessage> _unanswered = new();

        public int Sent { get; private set; }

        public int Answered { get; private set; }

        public void Send(int length)
        {
            var send = new SendMessage("Ada", "bob", $"{Sent}".PadRight(length), ClientId: $"{Sent}");
            _unanswered.Enqueue(send);
            Sent++;
            if (IsLoggedIn) { Client!.Submit(send); }
        }

        protected override void Enter()
        {
            foreach (var send in _unanswered) { Client!.Submit(send); }
        }

        protected override void TakeStored()
        {
            _unanswered.Dequeue();
            Answered++;
        }
    }

    private sealed class Recipient() : Person("bob", Features.Push | Features.Ack)
    {
        private readonly HashSet<long> _unacknowledged = [];
        private long _last;

        public Dictionary<long, string> Received { get; } = [];

        public override void Connect(GatewaySide at)
        {
            base.Connect(at);
            _unacknowledged.Clear(); // they come again
            _last = 0;
        }

        public void Acknowledge(Random random, double chance)
        {
            if (!IsLoggedIn) { return; }
            long[] ids = [.. _unacknowledged.Where(_ => random.NextDouble() < chance)];
            _unacknowledged.ExceptWith(ids);
            Client!.Submit(new Acknowledge([.. ids]));
        }

        protected override void Take(MessageArrived message)
        {
            Assert.True(message.Id > _last, $"{message.Id} came behind {_last}.");
            _last = message.Id;
            Received[message.Id] = message.Content;
            _unacknowledged.Add(message.Id);
        }
    }
}
