namespace JoChat.Load.Torture;

// The verdict: nothing is in flight any more, and both sides' histories have been read.
internal sealed partial class Ledger
{
    /// <summary>Judges everything.</summary>
    /// <param name="findings">What went wrong, in words.</param>
    public Tally Judge(out IReadOnlyList<string> findings)
    {
        lock (_gate)
        {
            SentMessage[] attempted =
                [.. _streams.Values.SelectMany(stream => stream.Messages).Where(message => message.Attempts.Count > 0)];
            SentMessage[] acknowledged = [.. attempted.Where(message => message.Id != 0)];
            foreach (var message in acknowledged) { JudgeLoss(message); }
            foreach (var message in acknowledged.Where(sent => sent.SeenId != 0 && sent.SeenId != sent.Id))
            {
                _findings.Add(Finding.Duplicated, $"came as {message.SeenId}: {Tell(message)}");
            }
            foreach (var ofSender in acknowledged.GroupBy(message => message.Stream.Sender))
            {
                foreach (var message in SendOrder.Misordered(ofSender))
                {
                    _findings.Add(Finding.Misordered, $"stored behind a later one: {Tell(message)}");
                }
            }
            findings = [.. _findings.Told];
            return new Tally(
                attempted.Length, acknowledged.Length, attempted.Count(message => message.SeenId != 0),
                _findings.Count(Finding.Lost), _findings.Count(Finding.Duplicated),
                _findings.Count(Finding.Misordered), _findings.Count(Finding.Altered), _findings.Count(Finding.Fault));
        }
    }

    private void JudgeLoss(SentMessage message)
    {
        var isOwedByPush = acknowledging.Contains(message.Stream.Recipient);
        var missing = (message.SeenId == 0 && isOwedByPush, message.IsInRecipientsHistory, message.IsInSendersHistory)
            switch
        {
            (true, _, _) => "was never pushed",
            (_, false, _) => "is not in its recipient's history",
            (_, _, false) => "is not in its sender's history",
            _ when _followed.Contains(message.Stream.Recipient) && !message.IsFollowed =>
                "was passed over in its recipient's inbox",
            _ => null,
        };
        if (missing is not null) { _findings.Add(Finding.Lost, $"{missing}: {Tell(message)}"); }
    }

    private static string Tell(SentMessage message) =>
        $"{message.Stream.Sender}>{message.Stream.Recipient} id {message.Id}, client id {message.ClientId}, "
        + string.Join(" ", message.Attempts);
}
