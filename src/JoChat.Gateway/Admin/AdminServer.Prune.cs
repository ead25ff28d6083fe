using System.Diagnostics;
using JoChat.Actors;

namespace JoChat.Gateway;

// prune, which may take minutes: each second a line tells how far it is.
internal sealed partial class AdminServer
{
    private static readonly TimeSpan TellsEvery = TimeSpan.FromSeconds(1);

    // Until its end, or as long as who has asked for it is there.
    private async Task<AdminAnswer> PruneAsync(AdminRequest asked, bool deletes, HttpContext context)
    {
        if (asked.OlderThan is not { } age || !MessageAge.IsOne(age))
        {
            throw new OperatorException($"prune needs {MessageAge.Expected}");
        }
        var progress = new PruneProgress(TimeProvider.System.GetUtcNow() - age, Messages: 0);
        var toldAt = Stopwatch.GetTimestamp();
        try
        {
            await foreach (var count in _administration.PruneAsync(progress.Before, deletes, context.RequestAborted))
            {
                progress = progress with { Messages = count };
                if (Stopwatch.GetElapsedTime(toldAt) < TellsEvery) { continue; }
                toldAt = Stopwatch.GetTimestamp();
                await WriteAsync(context, new AdminAnswer(Prune: progress));
            }
        }
        finally
        {
            if (deletes) { Log.Pruned(_logger, progress.Messages, progress.Before.UtcDateTime); }
        }
        return new AdminAnswer(Prune: progress);
    }
}
