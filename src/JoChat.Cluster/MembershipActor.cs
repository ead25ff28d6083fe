using Akka.Actor;
using Akka.Cluster;
using Akka.Remote;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace JoChat.Cluster;

/// <summary>Looks whether this node is still a part of the cluster, and whether the cluster is one that has a store.</summary>
internal sealed partial class MembershipActor : UntypedActor, IWithTimers
{
    // Longer than a store takes to start again. By then the stores may have made another cluster, or a node was alone when it
    // made one; a node that starts again finds that of the others.
    private static readonly TimeSpan WithoutStore = TimeSpan.FromMinutes(1);

    private readonly bool _isOnlyStore;
    private readonly ILogger _logger;
    private readonly Action<string> _expel, _lose;
    private readonly HashSet<UniqueAddress> _stores = [];
    private readonly Akka.Cluster.Cluster _cluster = Akka.Cluster.Cluster.Get(Context.System);
    private bool _wasMember;

    public MembershipActor(bool isOnlyStore, ILogger logger, Action<string> expel, Action<string> lose) =>
        (_isOnlyStore, _logger, _expel, _lose) = (isOnlyStore, logger, expel, lose);

    public ITimerScheduler Timers { get; set; } = null!; // set by Akka before the first message

    /// <summary>How to make it.</summary>
    /// <param name="isOnlyStore">See <see cref="ClusterOptions.IsOnlyStore"/>.</param>
    /// <param name="logger">Where it is told that the node has become a member.</param>
    /// <param name="expel">Is told why the node is no member any more.</param>
    /// <param name="lose">Is told why a member must not stay one.</param>
    public static Props Props(bool isOnlyStore, ILogger logger, Action<string> expel, Action<string> lose) =>
        Akka.Actor.Props.Create(() => new MembershipActor(isOnlyStore, logger, expel, lose));

    protected override void PreStart()
    {
        _cluster.Subscribe(
            Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents, typeof(ClusterEvent.IMemberEvent));
        Context.System.EventStream.Subscribe(Self, typeof(ThisActorSystemQuarantinedEvent));
        AwaitStore();
    }

    // When a node is no member any more, its cluster stops it with everything else.
    protected override void PostStop() => _expel(_wasMember
        ? "the cluster has removed this node: the others did not reach it"
        : "Akka.Remote has ended this node; see the log above");

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ClusterEvent.MemberUp up:
                if (IsSelf(up.Member))
                {
                    _wasMember = true;
                    Log.IsMember(_logger);
                }
                if (IsStore(up.Member)) { Add(up.Member); }
                break;
            case ClusterEvent.MemberRemoved removed when _stores.Remove(removed.Member.UniqueAddress):
                if (_stores.Count == 0) { AwaitStore(); }
                break;
            case ThisActorSystemQuarantinedEvent quarantined:
                _expel($"{quarantined.RemoteAddress} has given this node up");
                break;
            case NoStore: _lose($"for {WithoutStore.TotalSeconds:0} s this node has found no cluster with a store"); break;
            case Watch watch: Context.Watch(watch.Actor); break;
            // When the node leaves, they end too.
            case Terminated gone when _cluster.SelfMember.Status is MemberStatus.Up:
                _lose($"{gone.ActorRef.Path.Name} has failed; see the log above");
                break;
        }
    }

    private void AwaitStore() => Timers.StartSingleTimer(NoStore.Instance, NoStore.Instance, WithoutStore);

    private void Add(Member store)
    {
        _stores.Add(store.UniqueAddress);
        Timers.Cancel(NoStore.Instance);
        // The older one writes: this one must never come to do so, with nothing of what that has stored. As long as it does not
        // know that it is a member itself, all others are older.
        if (_isOnlyStore && !IsSelf(store) && store.IsOlderThan(_cluster.SelfMember))
        {
            _lose($"{store.Address.Host}:{store.Address.Port} is a store already, and one that writes to SQLite must be alone");
        }
    }

    private bool IsSelf(Member member) => member.UniqueAddress == _cluster.SelfUniqueAddress;

    private static bool IsStore(Member member) => member.HasRole(ClusterRoles.Store);

    /// <summary>Without this actor the node is nothing.</summary>
    internal sealed record Watch(IActorRef Actor);

    private sealed record NoStore
    {
        public static NoStore Instance { get; } = new();
    }

    private static partial class Log
    {
        [LoggerMessage(5006, LogLevel.Information, "This node is a member of the cluster")]
        public static partial void IsMember(ILogger logger);
    }
}
