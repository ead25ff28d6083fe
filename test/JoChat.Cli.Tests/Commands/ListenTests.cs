using System.Globalization;
using System.Text;
using JoChat.Protocol;

namespace JoChat.Cli.Tests.Commands;

/// <summary>What <c>jochat listen</c> keeps from one run to the next when standard output takes no more.</summary>
public sealed class ListenTests : IAsyncDisposable, IAsyncLifetime
{
    private readonly AnsweringServer _server = new();
    private readonly TemporaryFolder _folder = new();
    private int _newest = 20;

    public ListenTests() => _server.On<ReadInbox>(read => new InboxRead([.. Enumerable.Range(1, _newest)
        .Where(id => id > (read.After ?? _newest - read.Count)).Take(read.Count)
        .Select(id => new HistoryMessage(id, "bob", "ada", "hi", DateTimeOffset.UnixEpoch, MessageState.Stored))]));

    Task IAsyncLifetime.InitializeAsync() => Task.CompletedTask;

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask(); // this is the one that xunit calls

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_was_not_written_is_neither_marked_nor_passed_and_is_told_of()
    {
        var (run, ids) = await ListenAsync(lines: 12);

        Assert.Equal(ExitCode.Refused, run.ExitCode);
        Assert.Equal("jochat: Standard output cannot be written: It is full. The last message printed is 12; nothing "
            + "after it was marked as delivered." + Environment.NewLine, run.Error);
        Assert.Equal(Ids(1, 12), ids);
        Assert.Equal(12, Assert.Single(_server.Requests.OfType<MarkDelivered>()).Through);
        Assert.Equal(Ids(13, 13), (await ListenAsync(lines: 1)).Ids);
    }

    [Fact]
    public async Task If_nothing_could_be_written_nothing_is_marked()
    {
        var (run, _) = await ListenAsync(lines: 0, "--json");

        Assert.Contains("\"code\":\"output\"", run.Error, StringComparison.Ordinal);
        Assert.Contains("No message was printed, and none was marked as delivered.", run.Error, StringComparison.Ordinal);
        Assert.Empty(_server.Requests.OfType<MarkDelivered>());
        Assert.Equal(Ids(1, 1), (await ListenAsync(lines: 1)).Ids);
    }

    [Fact]
    public async Task To_begin_elsewhere_once_does_not_move_the_cursor_back()
    {
        await ListenAsync(lines: 12);

        Assert.Equal(Ids(6, 7), (await ListenAsync(lines: 2, "--after", "5")).Ids);

        Assert.Equal(Ids(13, 13), (await ListenAsync(lines: 1)).Ids);
    }

    [Fact]
    public async Task To_begin_further_on_moves_the_cursor_there()
    {
        await ListenAsync(lines: 3);

        await ListenAsync(lines: 2, "--after", "10");

        Assert.Equal(Ids(13, 13), (await ListenAsync(lines: 1)).Ids);
    }

    [Theory]
    [InlineData]
    [InlineData("--after", "0")]
    public async Task A_cursor_of_a_database_that_is_no_more_is_forgotten(params string[] options)
    {
        await ListenAsync(lines: 12);
        _newest = 4;

        Assert.Equal(Ids(1, 2), (await ListenAsync(lines: 2, options)).Ids);

        Assert.Equal(Ids(3, 3), (await ListenAsync(lines: 1)).Ids);
    }

    [Fact]
    public async Task Away_that_could_not_be_printed_is_still_away_and_that_is_said()
    {
        var (run, _) = await RunAsync("away", lines: 3);

        Assert.Equal(ExitCode.Refused, run.ExitCode);
        Assert.Contains("Nothing was marked as delivered", run.Error, StringComparison.Ordinal);
        Assert.Empty(_server.Requests.OfType<MarkDelivered>());
    }

    private Task<(CliRun Run, IEnumerable<int> Ids)> ListenAsync(int lines, params string[] options) =>
        RunAsync("listen", lines, options);

    private async Task<(CliRun Run, IEnumerable<int> Ids)> RunAsync(string verb, int lines, params string[] options)
    {
        using var output = new NarrowWriter(lines);
        var port = _server.Port.ToString(CultureInfo.InvariantCulture);
        var run = await CliRun.RunAsync(
            new StringReader("pw\n"),
            [verb, "--user", "ada", "--password-file", "-", "--port", port, .. options],
            environment => environment with
            {
                Out = output,
                Variable = name => name == "XDG_STATE_HOME" ? _folder.Path : null,
            });
        return (run, output.Lines.Select(line => int.Parse(line.Split('\t')[0], CultureInfo.InvariantCulture)));
    }

    private static IEnumerable<int> Ids(int first, int last) => Enumerable.Range(first, last - first + 1);

    /// <summary>Takes so many lines and no more.</summary>
    private sealed class NarrowWriter(int most) : TextWriter
    {
        public List<string> Lines { get; } = [];

        public override Encoding Encoding => Encoding.UTF8;

        public override void WriteLine(string? value)
        {
            if (Lines.Count == most) { throw new IOException("It is full."); }
            Lines.Add(value!);
        }
    }
}
