using System.Text.Json;
using JoChat.Protocol;
using Microsoft.Extensions.Logging;

namespace JoChat.Actors;

/// <summary>Tells an operator who came, who was refused and who was sent away, a line each. Whoever causes many lines is
/// told of by a count: no flood fills a disk, and none hides what others do. Not thread-safe.</summary>
/// <remarks>A name that no account has is not told: it may be a password in the wrong place.</remarks>
internal sealed partial class LoginLog(ILogger logger, TimeProvider time)
{
    /// <summary>How often <see cref="TellRest"/> is to be called.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly LineLimit<string> _done = new(time); // by account: who floods it with one hides no other
    private readonly LineLimit<ClientAddress> _refused = new(time);

    /// <summary>Notes what has become of an account.</summary>
    public void Note(AccountNews news)
    {
        if (!logger.IsEnabled(LogLevel.Information) || !_done.Allows(news.Account)) { return; }
        Log.AccountNews(logger, Escape(news.Account), news.From, news.What);
    }

    /// <summary>Notes that a log-in, or the password for something else, was refused.</summary>
    public void Note(LoginRefused refused)
    {
        if (!logger.IsEnabled(LogLevel.Information))
        {
            _refused.LeaveOut(refused.From);
            return;
        }
        if (!_refused.Allows(refused.From)) { return; }
        if (refused.Account is { } account) { Log.RefusedOf(logger, refused.From, Reason(refused), Escape(account)); }
        else { Log.Refused(logger, refused.From, Reason(refused)); }
    }

    /// <summary>Tells how many lines were left out since.</summary>
    public void TellRest()
    {
        if (_done.TakeRest() is { } done)
        {
            Log.MoreNews(logger, done.Count, done.Causes, Escape(done.Most), done.OfMost);
        }
        if (_refused.TakeRest() is { } refused)
        {
            Log.MoreRefused(logger, refused.Count, refused.Causes, refused.Most, refused.OfMost);
        }
    }

    // docs/operations.md has the first two for filters.
    private static string Reason(LoginRefused refused) => refused.Code switch
    {
        ErrorCode.BadCredentials => refused.Account is null ? "wrong name or password" : "wrong password",
        ErrorCode.InvalidToken => "unknown token",
        ErrorCode.RateLimited => "too many guesses",
        ErrorCode.NotAllowed => "disabled",
        ErrorCode.AlreadyLoggedIn => "logged in elsewhere",
        ErrorCode.Busy => "busy",
        ErrorCode.StorageUnavailable or ErrorCode.StorageFull => "the store fails",
        _ => "no longer logged in",
    };

    private static string Escape(string name) => JsonEncodedText.Encode(name).Value;

    private static partial class Log
    {
        [LoggerMessage(3041, LogLevel.Information, "\"{Account}\" at {Address} {What}")]
        public static partial void AccountNews(ILogger logger, string account, ClientAddress address, string what);

        [LoggerMessage(3042, LogLevel.Information, "Log-in refused from {Address}: {Reason}, \"{Account}\"")]
        public static partial void RefusedOf(ILogger logger, ClientAddress address, string reason, string account);

        [LoggerMessage(3043, LogLevel.Information, "Log-in refused from {Address}: {Reason}")]
        public static partial void Refused(ILogger logger, ClientAddress address, string reason);

        [LoggerMessage(3044, LogLevel.Information,
            "{Count} more log-ins and the like of {Accounts} accounts, most of \"{Account}\": {OfAccount}")]
        public static partial void MoreNews(
            ILogger logger, long count, int accounts, string account, long ofAccount);

        [LoggerMessage(3045, LogLevel.Warning,
            "{Count} more log-ins refused from {Addresses} addresses, most from {Address}: {OfAddress}")]
        public static partial void MoreRefused(
            ILogger logger, long count, int addresses, ClientAddress address, long ofAddress);
    }
}

/// <summary>What has become of an account.</summary>
/// <param name="Account">Its name.</param>
/// <param name="What">As in "logged in with its password".</param>
/// <param name="From">Where its client is.</param>
internal sealed record AccountNews(string Account, string What, ClientAddress From);

/// <summary>A log-in was refused, or a password that was asked for something else was wrong.</summary>
/// <param name="Account">The account; null if there is none.</param>
/// <param name="Code">Why.</param>
/// <param name="From">Where the client is.</param>
internal sealed record LoginRefused(string? Account, ErrorCode Code, ClientAddress From);
