using JoChat.Protocol;

namespace JoChat.Cluster.Tests;

/// <summary>Neither end of a link takes more than its window, and nothing is lost by that.</summary>
public sealed class LinkCreditTests
{
    private const int Seeds = 3;
    private const int Count = 2000;

    private static int Window => LinkedSimulation.Options.Window;

    [Fact]
    public void A_writer_that_stands_still_makes_commands_wait() => LinkedSimulation.Try(Seeds, (simulation, chat) =>
    {
        var ada = chat.LogIn(chat.One, "ada");
        var bytes = 0;
        chat.Writer.Gate.Tell(new Gate.Shut());
        Send(ada);
        simulation.Run();

        chat.Writer.Gate.Tell(new Gate.Open(kept => bytes = kept.OfType<StoreMessage>().Sum(one => one.Content.Length)));
        simulation.Run();

        Assert.InRange(bytes, Window / 2, Window);
        Assert.Equal(Count, ada.TakeAnswers().OfType<MessageStored>().Count());
    });

    [Fact]
    public void A_session_without_credit_gets_every_message_once_and_in_order() =>
        LinkedSimulation.Try(Seeds, (simulation, chat) =>
        {
            var ada = chat.LogIn(chat.One, "ada");
            var bob = chat.LogIn(chat.Other, "bob", Features.Push);
            var bytes = 0L;
            chat.Other.Carrier.Tell(new Carrier.HoldReplies());
            Send(ada);
            simulation.Run();
            Assert.Equal(Count, ada.TakeAnswers().OfType<MessageStored>().Count()); // one gateway makes nobody else wait

            chat.Writer.Gate.Tell(new Gate.Shut());
            chat.Other.Carrier.Tell(new Carrier.LetReplies(held => bytes = held));
            simulation.Run();
            var live = bob.TakeEvents();
            IReadOnlyList<object> asked = [];
            chat.Writer.Gate.Tell(new Gate.Open(kept => asked = kept));
            simulation.Run();

            Assert.InRange(bytes, 1, Window);
            Assert.InRange(live.Count, 1, Window / 1000);
            Assert.Single(asked.OfType<ReadUndelivered>());
            Assert.Equal(
                Enumerable.Range(0, Count).Select(Content),
                live.Concat(bob.TakeEvents()).OfType<MessageArrived>().Select(message => message.Content));
        });

    private static void Send(Client ada)
    {
        for (var number = 0; number < Count; number++) { ada.Submit(new SendMessage("Ada", "bob", Content(number))); }
    }

    private static string Content(int number) => $"{number}".PadRight(1000);
}
