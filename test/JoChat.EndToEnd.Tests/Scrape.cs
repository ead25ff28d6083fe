using System.Globalization;
using System.Net;

namespace JoChat.EndToEnd.Tests;

/// <summary>What a gateway answered to Prometheus.</summary>
internal sealed class Scrape
{
    private readonly Dictionary<string, double> _series = [];

    private Scrape(string text)
    {
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split(' ') is ["#", "TYPE", var name, var type]) { Types.Add(name, type); }
            else if (!line.StartsWith('#'))
            {
                var end = line.LastIndexOf(' ');
                _series[line[..end].Replace("{}", "", StringComparison.Ordinal)] =
                    double.Parse(line[(end + 1)..], CultureInfo.InvariantCulture);
            }
        }
    }

    /// <summary>The type of each metric.</summary>
    public Dictionary<string, string> Types { get; } = [];

    /// <summary>The names of all series, which for a histogram are three.</summary>
    public IEnumerable<string> Names => _series.Keys.Select(series => series.Split('{')[0]).Distinct();

    /// <summary>The series that begin so.</summary>
    public IEnumerable<string> Series(string beginning) =>
        _series.Keys.Where(series => series.StartsWith(beginning, StringComparison.Ordinal));

    /// <summary>The value of a series, written as Prometheus writes it; 0 if there is none.</summary>
    public double this[string series] => _series.GetValueOrDefault(series);

    public static async Task<Scrape> OfAsync(int httpPort)
    {
        var (status, text) = await GetAsync(httpPort, "/metrics");
        Assert.Equal(HttpStatusCode.OK, status);
        return new Scrape(text);
    }

    public static async Task<(HttpStatusCode Status, string Text)> GetAsync(int httpPort, string path)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{httpPort}{path}")).OrFail();
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
