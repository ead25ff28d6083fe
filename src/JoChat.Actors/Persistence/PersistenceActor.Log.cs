using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace JoChat.Actors;

internal sealed partial class PersistenceActor
{
    private static partial class Log
    {
        [LoggerMessage(3001, LogLevel.Error,
            "Message store fails, senders are refused until it works again: {Fault}")]
        public static partial void StoreFailing(ILogger logger, string fault);

        [LoggerMessage(3002, LogLevel.Information, "Message store works again after {FailedBatches} failed batches")]
        public static partial void StoreRecovered(ILogger logger, int failedBatches);

        [LoggerMessage(3003, LogLevel.Error, "{Command} could not read the message store: {Fault}")]
        public static partial void ReadFailed(ILogger logger, string command, string fault);
    }
}
