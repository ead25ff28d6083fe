using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;

namespace JoChat.Actors;

/// <summary>A mailbox in which all who send to the actor take turns (<see cref="FairTurns"/>), so that none makes the
/// others wait for its backlog. What one sends keeps its order. Akka makes it, because <c>akka.conf</c> names it.
/// </summary>
internal sealed class FairMailbox(Settings settings, Config config)
    : MailboxType(settings, config), IProducesMessageQueue<FairMailbox.Queue>
{
    public override IMessageQueue Create(IActorRef owner, ActorSystem system) => new Queue();

    /// <summary>An unbounded queue of many producers and one consumer, who alone sorts what has arrived.</summary>
    internal sealed class Queue : IMessageQueue, IUnboundedMessageQueueSemantics
    {
        private readonly LinkedMailbox.Queue _arrived = new();
        private readonly FairTurns _turns = new();
        private int _sorted; // in _turns; written by the consumer, read by all

        public bool HasMessages => Volatile.Read(ref _sorted) > 0 || _arrived.HasMessages;

        public int Count => Volatile.Read(ref _sorted) + _arrived.Count;

        public void Enqueue(IActorRef receiver, Envelope envelope) => _arrived.Enqueue(receiver, envelope);

        public bool TryDequeue(out Envelope envelope)
        {
            while (_arrived.TryDequeue(out var arrived)) { _turns.Add(arrived); }
            var isTaken = _turns.TryTake(out envelope);
            Volatile.Write(ref _sorted, _turns.Count);
            return isTaken;
        }

        public void CleanUp(IActorRef owner, IMessageQueue deadletters)
        {
            while (TryDequeue(out var envelope)) { deadletters.Enqueue(owner, envelope); }
        }
    }
}
