namespace JoChat.Web.Bench;

/// <summary>The frames of a stretch of time, in ms.</summary>
/// <param name="Intervals">From each frame to the next.</param>
/// <param name="Long">How long the browser worked for those frames for which it worked longer than 50 ms.</param>
/// <param name="Blame">What most of the longest were spent on.</param>
internal record FrameTimes(double[] Intervals, double[] Long, string[] Blame)
{
    /// <summary>The figures; what the longest were spent on goes to standard error.</summary>
    public IEnumerable<Figure> Figures(string part)
    {
        foreach (var line in Blame) { Console.Error.WriteLine($"{part}: {line}"); }
        return
        [
            new($"{part}: frames", "", Intervals.Length),
            new($"{part}: frame p99", "ms", Sample.Percentile(Intervals, 99)),
            new($"{part}: frame worst", "ms", Sample.Percentile(Intervals, 100)),
            new($"{part}: intervals over 50 ms", "", Intervals.Count(interval => interval > 50)),
            new($"{part}: frames over 50 ms", "", Long.Length),
        ];
    }
}
