namespace JoChat.ActorEngine.Tests;

/// <summary>Handlers that are methods of the actor are kept once for its class. That must not show.</summary>
public sealed class HandlerMethodTests : ActorSpec
{
    [Fact]
    public async Task Each_actor_of_a_class_handles_with_its_own_state()
    {
        var first = Sys.ActorOf(Props.Create(() => new Counting(100)));
        var second = Sys.ActorOf(Props.Create(() => new Counting(200)));

        for (var i = 0; i < 2; i++)
        {
            first.Tell(1);
            second.Tell(1);
        }

        first.Tell("count");
        await ExpectMsgAsync(102);
        second.Tell("count");
        await ExpectMsgAsync(202);
    }

    [Fact]
    public async Task Overridden_method_is_the_one_that_handles()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Doubling(100)));

        actor.Tell(1);
        actor.Tell("count");

        await ExpectMsgAsync(102);
    }

    [Fact]
    public async Task Method_of_the_base_class_handles_where_it_was_meant_although_it_is_overridden()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Modest(100)));

        actor.Tell(1L);
        actor.Tell("count");

        await ExpectMsgAsync(101);
    }

    [Fact]
    public async Task Actors_of_one_class_that_register_differently_handle_differently()
    {
        var polite = Sys.ActorOf(Props.Create(() => new Greeting(true)));
        var rude = Sys.ActorOf(Props.Create(() => new Greeting(false)));

        polite.Tell("ada");
        await ExpectMsgAsync("Hello, ada.");
        rude.Tell("ada");
        await ExpectMsgAsync("What?");
        polite.Tell("bob");
        await ExpectMsgAsync("Hello, bob.");
    }

    [Fact]
    public async Task Methods_and_other_handlers_keep_the_order_they_were_registered_in()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Mixed("held")));

        actor.Tell("a");
        await ExpectMsgAsync("held");
        actor.Tell("method");
        await ExpectMsgAsync("method");
        actor.Tell(1L);
        await ExpectMsgAsync("any");
    }

    [Fact]
    public async Task Method_of_a_behaviour_handles_after_become()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Switching()));

        actor.Tell("x");
        await ExpectMsgAsync("first");
        actor.Tell("x");
        await ExpectMsgAsync("second");
        actor.Tell("x");
        await ExpectMsgAsync("first");
    }

    [Fact]
    public async Task Asynchronous_method_runs_to_its_end_before_the_next_message()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Waiting()));

        actor.Tell("a");
        actor.Tell("b");

        foreach (var expected in new[] { "begin a", "end a", "begin b", "end b" }) { await ExpectMsgAsync(expected); }
    }

    private class Counting : ReceiveActor
    {
        public Counting(int count)
        {
            Count = count;
            Receive<int>(Add);
            Receive<string>(_ => Sender.Tell(Count, Self));
        }

        protected int Count { get; set; }

        protected virtual void Add(int more) => Count += more;

        protected virtual void AddLong(long more) => Count += (int)more;
    }

    private sealed class Doubling(int count) : Counting(count)
    {
        protected override void Add(int more)
        {
            base.Add(more);
            base.Add(more);
        }
    }

    private sealed class Modest : Counting
    {
        public Modest(int count) : base(count) => Receive<long>(base.AddLong);

        protected override void AddLong(long more) => base.AddLong(more + more);
    }

    private sealed class Greeting : ReceiveActor
    {
        public Greeting(bool isPolite)
        {
            if (isPolite) { Receive<string>(Greet); }
            else { Receive<string>(Wonder); }
        }

        private void Greet(string name) => Sender.Tell($"Hello, {name}.", Self);

        private void Wonder(string name) => Sender.Tell("What?", Self);
    }

    private sealed class Mixed : ReceiveActor
    {
        public Mixed(string held)
        {
            Receive<string>(text =>
            {
                if (text == "method") { return false; }
                Sender.Tell(held, Self);
                return true;
            });
            Receive<string>(IsMine);
            ReceiveAny(_ => Sender.Tell("any", Self));
        }

        private bool IsMine(string text)
        {
            Sender.Tell(text, Self);
            return true;
        }
    }

    private sealed class Switching : ReceiveActor
    {
        public Switching() => First();

        private void First() => Receive<string>(_ =>
        {
            Sender.Tell("first", Self);
            Become(Second);
        });

        private void Second() => Receive<string>(_ =>
        {
            Sender.Tell("second", Self);
            Become(First);
        });
    }

    private sealed class Waiting : ReceiveActor
    {
        public Waiting() => ReceiveAsync<string>(Handle);

        private async Task Handle(string text)
        {
            Sender.Tell($"begin {text}", Self);
            await Task.Yield();
            Sender.Tell($"end {text}", Self);
        }
    }
}
