using Akka.Actor;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace JoChat.Cluster;

/// <summary>Tells the log what an operator should see to about a node's certificates, once each, before it is too late.</summary>
internal sealed partial class CertificateActor : UntypedActor, IWithTimers
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private readonly NodeCertificate _certificate;
    private readonly TimeProvider _time;
    private readonly Action<string> _lose;
    private readonly ILogger _logger;
    private NodeCertificateConcerns _told;

    public CertificateActor(NodeCertificate certificate, TimeProvider time, Action<string> lose, ILogger logger) =>
        (_certificate, _time, _lose, _logger) = (certificate, time, lose, logger);

    public ITimerScheduler Timers { get; set; } = null!; // set by Akka before the first message

    /// <summary>How to make it.</summary>
    /// <param name="certificate">The certificates; the actor's from here on.</param>
    /// <param name="time">By which they expire.</param>
    /// <param name="lose">Is told when the node's has expired. Who connects to it then fails, and Akka.Remote ends the node
    /// that failed, not this one.</param>
    /// <param name="logger">Where it is told.</param>
    public static Props Props(
        NodeCertificate certificate, TimeProvider time, Action<string> lose, ILogger logger) =>
        Akka.Actor.Props.Create(() => new CertificateActor(certificate, time, lose, logger));

    protected override void PreStart()
    {
        Look();
        Timers.StartPeriodicTimer(Tick.Instance, Tick.Instance, Interval);
    }

    protected override void PostStop() => _certificate.Dispose();

    protected override void OnReceive(object message) => Look();

    private void Look()
    {
        var concerns = _certificate.FindConcerns(_time.GetUtcNow());
        foreach (var concern in Enum.GetValues<NodeCertificateConcerns>())
        {
            if ((concerns & ~_told & concern) != 0) { Log.Concern(_logger, Describe(concern)); }
        }
        _told |= concerns;
        var expired = concerns & (NodeCertificateConcerns.Expired | NodeCertificateConcerns.AuthorityExpired);
        if (expired != 0) { _lose(Describe(expired)); }
    }

    private string Describe(NodeCertificateConcerns concern) => concern switch
    {
        NodeCertificateConcerns.ExpiresSoon => FormattableString.Invariant(
            $"The node's certificate expires on {_certificate.NotAfter:yyyy-MM-dd}: issue another, and start the node again"),
        NodeCertificateConcerns.AuthorityExpiresSoon => FormattableString.Invariant(
            $"The certificate of the cluster's authority expires on {_certificate.AuthorityNotAfter:yyyy-MM-dd}"),
        NodeCertificateConcerns.Expired => "The node's certificate has expired: no other node takes a connection of it",
        _ when concern.HasFlag(NodeCertificateConcerns.AuthorityExpired) =>
            "The certificate of the cluster's authority has expired: no node takes a connection of another",
        _ => "Others than its owner may read the file of the node's key, or write to it",
    };

    private static partial class Log
    {
        [LoggerMessage(5005, LogLevel.Warning, "{Concern}")]
        public static partial void Concern(ILogger logger, string concern);
    }
}
