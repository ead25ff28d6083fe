namespace JoChat.Load.Torture;

/// <summary>Judges whether ids ascend in the order of sending.</summary>
/// <remarks>
/// A connection's requests are done in their order, so of those it sent the server did a first part: a later one is not
/// stored while an earlier one is not, unless that one was refused. A message that was refused takes its place in the
/// order when it is sent again; if it was refused for a failing disk and the process was killed next, it may have been
/// stored all the same (docs/protocol.md, Guarantees), and its place is the first. A message that was not answered is
/// sent again, on the next connection, before anything behind it.
/// </remarks>
internal static class SendOrder
{
    /// <summary>The messages that were stored after one that they should have preceded.</summary>
    /// <param name="acknowledged">Messages of one sender, all with an id.</param>
    public static IEnumerable<SentMessage> Misordered(IEnumerable<SentMessage> acknowledged)
    {
        SentMessage[] byId = [.. acknowledged.OrderBy(message => message.Id)];
        var latest = new int[byId.Length]; // the highest place up to there: where it is not above, nothing overtook
        for (var i = 0; i < byId.Length; i++)
        {
            var late = byId[i];
            latest[i] = Math.Max(late.FirstOrder, i > 0 ? latest[i - 1] : 0);
            for (var j = i - 1; j >= 0 && latest[j] > late.FirstOrder; j--)
            {
                if (byId[j].FirstOrder < late.FirstOrder || MayOvertake(byId[j], late)) { continue; }
                yield return late;
                break;
            }
        }
    }

    // There is a sending that may have stored the early one before any sending stored the late one.
    private static bool MayOvertake(SentMessage early, SentMessage late) =>
        early.Attempts.Any(stored => MayHaveStored(stored) && late.Attempts
            .Where(attempt => attempt.Order < stored.Order)
            .All(attempt => MayHaveStoredNothing(attempt, stored.Connection)));

    private static bool MayHaveStored(Attempt attempt) => attempt.Outcome != Outcome.Refused || attempt.Life.MayStoreRefused;

    private static bool MayHaveStoredNothing(Attempt attempt, int connection) => attempt.Outcome switch
    {
        Outcome.Refused => true,
        Outcome.Stored => false,
        _ => attempt.MayBeRefused || attempt.Connection != connection,
    };
}
