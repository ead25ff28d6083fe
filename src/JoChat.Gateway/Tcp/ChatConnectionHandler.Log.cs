using System.Net;

namespace JoChat.Gateway;

internal sealed partial class ChatConnectionHandler
{
    private static partial class Log
    {
        [LoggerMessage(4001, LogLevel.Debug,
            "Connection {ConnectionId} from {Peer} closed: it did not show what it speaks within {Timeout}")]
        public static partial void SaidNothing(ILogger logger, string connectionId, EndPoint? peer, TimeSpan timeout);

        [LoggerMessage(4002, LogLevel.Debug,
            "Connection {ConnectionId} from {Peer} closed: it begins with bytes of no known protocol")]
        public static partial void SpeaksUnknown(ILogger logger, string connectionId, EndPoint? peer);

        [LoggerMessage(4003, LogLevel.Debug, "Connection {ConnectionId} closed: its TLS handshake failed")]
        public static partial void TlsFailed(ILogger logger, string connectionId);
    }
}
