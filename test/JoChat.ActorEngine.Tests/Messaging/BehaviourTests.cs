namespace JoChat.ActorEngine.Tests;

public sealed class BehaviourTests : ActorSpec
{
    [Fact]
    public async Task First_handler_that_matches_wins_and_a_type_takes_its_subclasses()
    {
        var actor = Act(self =>
        {
            self.On<ArgumentNullException>(_ => TestActor.Tell("null"), _ => false);
            self.On<ArgumentException>(_ => TestActor.Tell("argument"));
            self.On<Exception>(_ => TestActor.Tell("exception"));
            self.OnAny(_ => TestActor.Tell("any"));
        });

        actor.Tell(new ArgumentNullException());
        actor.Tell(new InvalidOperationException());
        actor.Tell(1);

        await ExpectMsgAsync("argument");
        await ExpectMsgAsync("exception");
        await ExpectMsgAsync("any");
    }

    [Fact]
    public async Task Handler_can_leave_a_message_to_the_next_one()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Picky(TestActor)));

        actor.Tell(1);
        actor.Tell(2);
        actor.Tell("text");

        await ExpectMsgAsync("one");
        await ExpectMsgAsync("another");
        await ExpectMsgAsync("by type");
    }

    [Fact]
    public async Task No_handler_may_follow_one_for_everything()
    {
        Act(self =>
        {
            self.OnAny(_ => { });
            TestActor.Tell(Record.Exception(() => self.On<int>(_ => { }))!);
        });

        await ExpectMsgAsync<InvalidOperationException>();
    }

    [Fact]
    public async Task Handlers_cannot_be_registered_while_a_message_is_handled()
    {
        var actor = Act(self => self.On<string>(_ => TestActor.Tell(Record.Exception(() => self.On<int>(_ => { }))!)));

        actor.Tell("x");

        await ExpectMsgAsync<InvalidOperationException>();
    }

    [Fact]
    public async Task Become_replaces_and_stacked_behaviours_come_back()
    {
        var actor = Act(self =>
        {
            void Answer(string name) => self.On<int>(_ => TestActor.Tell(name));
            Answer("initial");
            self.On<string>(_ => self.SwitchStacked(() =>
            {
                Answer("first");
                self.On<string>(_ => self.Switch(() =>
                {
                    Answer("second");
                    self.On<string>(_ => self.SwitchBack());
                }));
            }));
        });

        foreach (var expected in (string[])["initial", "first", "second", "initial"])
        {
            actor.Tell(0);
            await ExpectMsgAsync(expected);
            actor.Tell("switch");
        }
    }

    [Fact]
    public async Task Untyped_behaviours_can_be_switched_too()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Switching()));

        foreach (var expected in (string[])["initial", "stacked", "initial"])
        {
            actor.Tell("x");
            await ExpectMsgAsync(expected);
        }
    }

    [Fact]
    public async Task Untyped_behaviours_can_be_methods_of_the_actor()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Turning()));

        foreach (var expected in (string[])["initial", "stacked", "replaced", "initial"])
        {
            actor.Tell("x");
            await ExpectMsgAsync(expected);
        }
    }

    private sealed class Picky : ReceiveActor
    {
        public Picky(IActorRef observer)
        {
            Receive<int>(number =>
            {
                if (number == 1) { observer.Tell("one"); }
                return number == 1;
            });
            Receive<int>(number => number > 5, _ => observer.Tell("large"));
            var (numbers, texts) = (typeof(int), typeof(string));
            Receive(numbers, _ => observer.Tell("another"), number => (int)number < 5);
            Receive(texts, _ => observer.Tell("by type"));
        }
    }

    private sealed class Switching : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            Sender.Tell("initial");
            Context.BecomeStacked(_ =>
            {
                Sender.Tell("stacked");
                UnbecomeStacked();
            });
        }
    }

    private sealed class Turning : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            Sender.Tell("initial");
            BecomeStacked(Stacked);
        }

        private void Stacked(object message)
        {
            Sender.Tell("stacked");
            Become(Replaced);
        }

        private void Replaced(object message)
        {
            Sender.Tell("replaced");
            UnbecomeStacked();
        }
    }
}
