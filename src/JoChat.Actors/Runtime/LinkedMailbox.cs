using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;

namespace JoChat.Actors;

/// <summary>A mailbox that costs an idle actor next to nothing: a linked list, where Akka's own begins with a ring of
/// 32 places (about 950 bytes). For actors of which there are as many as connections. Akka makes it, because
/// <c>akka.conf</c> names it.</summary>
internal sealed class LinkedMailbox(Settings settings, Config config)
    : MailboxType(settings, config), IProducesMessageQueue<LinkedMailbox.Queue>
{
    public override IMessageQueue Create(IActorRef owner, ActorSystem system) => new Queue();

    /// <summary>An unbounded queue of many producers and one consumer, without a lock (Vyukov's).</summary>
    /// <remarks>A producer first becomes the tail, then links itself behind the tail before. Until it has, the consumer
    /// sees an end; the producer schedules the mailbox only after that, so nothing is forgotten.</remarks>
    internal sealed class Queue : IMessageQueue, IUnboundedMessageQueueSemantics
    {
        private Node _head; // the consumer's: already taken, and what follows it is the oldest
        private Node _tail; // the producers'

        public Queue() => _head = _tail = new Node(default);

        public bool HasMessages => Volatile.Read(ref Volatile.Read(ref _head).Next) is not null;

        public int Count
        {
            get
            {
                var count = 0;
                for (var node = Volatile.Read(ref _head).Next; node is not null; node = node.Next) { count++; }
                return count;
            }
        }

        public void Enqueue(IActorRef receiver, Envelope envelope)
        {
            var node = new Node(envelope);
            Volatile.Write(ref Interlocked.Exchange(ref _tail, node).Next, node);
        }

        public bool TryDequeue(out Envelope envelope)
        {
            var head = _head;
            var next = Volatile.Read(ref head.Next);
            envelope = next?.Envelope ?? default;
            if (next is null) { return false; }
            next.Envelope = default; // it stays as the head, and must not keep the message alive
            Volatile.Write(ref _head, next);
            head.Next = null; // or an old head would keep all after it from an early collection
            return true;
        }

        public void CleanUp(IActorRef owner, IMessageQueue deadletters)
        {
            while (TryDequeue(out var envelope)) { deadletters.Enqueue(owner, envelope); }
        }

        private sealed class Node(Envelope envelope)
        {
            public Envelope Envelope = envelope;
            public Node? Next;
        }
    }
}
