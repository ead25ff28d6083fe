namespace JoChat.Web.Bench;

/// <summary>A few hundred measured values, of which each counts.</summary>
internal static class Sample
{
    /// <summary>The value that this percentage of the values, 0 to 100, does not exceed; 0 if there are none.</summary>
    public static double Percentile(IEnumerable<double> values, double percentage)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? 0 : sorted[Math.Max(0, (int)Math.Ceiling(sorted.Length * percentage / 100) - 1)];
    }

    /// <summary>Median and maximum as figures.</summary>
    public static IEnumerable<Figure> MedianAndWorst(string name, string unit, IReadOnlyCollection<double> values) =>
        [new(name, unit, Percentile(values, 50)), new($"{name}, worst", unit, Percentile(values, 100))];
}
