using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace JoChat.EndToEnd.Tests;

/// <summary><c>jochat listen</c>: every message once, over breaks of all kinds, and beside an open chat.</summary>
public sealed class ListenVerbTests(SharedGateway gateway) : IClassFixture<SharedGateway>, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _ada = "ada" + Guid.NewGuid().ToString("N")[..8];

    private readonly List<Process> _listeners = [];

    public void Dispose()
    {
        foreach (var listener in _listeners) // of a test that has failed
        {
            if (!listener.HasExited) { listener.Kill(); }
            listener.Dispose();
        }
        _folder.Dispose();
    }

    [Fact]
    public async Task It_tells_what_was_away_then_what_arrives_and_goes_on_where_it_stopped()
    {
        await SignUpAsync();
        await SendAsync("one");
        var first = Listen();
        Assert.Equal(("one", true), await NextAsync(first));
        await SendAsync("two");
        Assert.Equal(("two", false), await NextAsync(first));
        await SendAsync("three");
        Assert.Equal(("three", false), await NextAsync(first));
        // The next message is asked for once this one is marked, so that this is a fence.
        await SendAsync("four");
        Assert.Equal(("four", false), await NextAsync(first));
        first.Kill();
        await first.WaitForExitAsync().OrFail();
        await SendAsync("five");

        var second = Listen();
        var (content, isAway) = await NextAsync(second);
        if (content == "four") { (content, isAway) = await NextAsync(second); } // killed between printing and marking
        Assert.Equal(("five", true), (content, isAway));
        second.Kill();
    }

    [Fact]
    public async Task It_does_not_skip_what_the_chat_received_while_it_did_not_run()
    {
        await SignUpAsync();
        var first = Listen();
        foreach (var text in (string[])["one", "two"]) // the second is a fence: see above
        {
            await SendAsync(text);
            Assert.Equal(text, (await NextAsync(first)).Content);
        }
        first.Kill();
        await first.WaitForExitAsync().OrFail();
        await using (var chat = CliProcess.Start(gateway.Process.Port, "--user", _ada, "--password-file", "-"))
        {
            await chat.TypeAsync("pw");
            await chat.SeeAsync($"Logged in as {_ada}");
            await SendAsync("three");
            await chat.SeeAsync("bob: three");
            await chat.TypeAsync("/quit");
            Assert.Equal(0, await chat.EndAsync());
        }

        var second = Listen();
        var (content, isAway) = await NextAsync(second);
        if (content == "two") { (content, isAway) = await NextAsync(second); } // killed between printing and marking
        Assert.Equal(("three", false), (content, isAway));
        second.Kill();
    }

    [Fact]
    public async Task It_begins_behind_the_message_that_is_named()
    {
        await SignUpAsync();
        await SendAsync("one");
        var id = JsonDocument.Parse(await SendAsync("two")).RootElement.GetProperty("id").GetInt64();
        await SendAsync("three");

        var listener = Listen("--after", id.ToString(CultureInfo.InvariantCulture));

        Assert.Equal(("three", true), await NextAsync(listener));
        listener.Kill();
    }

    [Fact]
    public async Task To_begin_further_back_once_repeats_nothing_in_the_next_run()
    {
        await SignUpAsync();
        foreach (var text in new[] { "one", "two", "three" }) { await SendAsync(text); }
        foreach (var (options, texts) in new (string[], string[])[]
        {
            ([], ["one", "two", "three"]), (["--after", "0"], ["one"]),
        })
        {
            var listener = Listen(options);
            foreach (var text in texts) { Assert.Equal(text, (await NextAsync(listener)).Content); }
            await SendAsync("more"); // is read once what was printed is kept
            while ((await NextAsync(listener)).Content != "more") { }
            await SendAsync("last");
            while ((await NextAsync(listener)).Content != "last") { }
            listener.Kill();
            await listener.WaitForExitAsync().OrFail();
        }
        await SendAsync("new");

        var next = Listen();
        var (content, _) = await NextAsync(next);
        if (content == "last") { (content, _) = await NextAsync(next); } // killed before it was kept
        Assert.Equal("new", content);
        next.Kill();
    }

    [Fact]
    public async Task A_verb_works_while_a_chat_of_the_account_is_open_and_the_chat_stays()
    {
        await SignUpAsync();
        await using var chat = CliProcess.Start(gateway.Process.Port, "--user", _ada, "--password-file", "-");
        await chat.TypeAsync("pw");
        await chat.SeeAsync($"Logged in as {_ada}");

        var (code, _, errors) = await RunAsync("send", _ada, "to myself", "--user", _ada, "--password-file", "-");

        Assert.True(code == 0, errors);
        await chat.SeeAsync("to myself");
    }

    [Fact]
    public async Task The_chat_opens_while_it_listens_and_both_receive()
    {
        await SignUpAsync();
        var listener = Listen();
        await SendAsync("one");
        Assert.Equal("one", (await NextAsync(listener)).Content);

        await using var chat = CliProcess.Start(gateway.Process.Port, "--user", _ada, "--password-file", "-");
        await chat.TypeAsync("pw");
        await chat.SeeAsync($"Logged in as {_ada}");
        await SendAsync("two");

        await chat.SeeAsync("bob: two");
        Assert.Equal("two", (await NextAsync(listener)).Content);
        listener.Kill();
    }

    [Fact]
    public async Task Its_reader_being_gone_ends_it_and_marks_nothing_that_was_not_written()
    {
        await SignUpAsync();
        var listener = Listen();
        listener.StandardOutput.Close();
        await SendAsync("precious");
        await listener.WaitForExitAsync().OrFail();
        Assert.Equal(1, listener.ExitCode);
        Assert.Contains(
            "Standard output cannot be written: Its reader has gone. No message was printed, and none was marked",
            await listener.StandardError.ReadToEndAsync().OrFail(), StringComparison.Ordinal);

        var again = Listen();
        Assert.Equal(("precious", true), await NextAsync(again));
        again.Kill();
    }

    private async Task SignUpAsync()
    {
        await RunAsync("signup", "--user", _ada, "--password-file", "-");
        await RunAsync("signup", "--user", "bob", "--password-file", "-");
    }

    private async Task<string> SendAsync(string text)
    {
        var (code, output, errors) =
            await RunAsync("send", _ada, text, "--json", "--user", "bob", "--password-file", "-");
        Assert.True(code == 0, errors);
        return output;
    }

    private Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) =>
        CliProcess.RunAsync(gateway.Process.Port, "pw", arguments);

    private static async Task<(string? Content, bool IsAway)> NextAsync(Process listener)
    {
        var line = await listener.StandardOutput.ReadLineAsync().OrFail();
        Assert.True(line is not null, "It ended: " + (line is null ? await listener.StandardError.ReadToEndAsync() : ""));
        using var message = JsonDocument.Parse(line!);
        Assert.Equal(
            ["id", "sender", "recipient", "content", "sent_at", "away"],
            message.RootElement.EnumerateObject().Select(member => member.Name));
        return (message.RootElement.GetProperty("content").GetString(), message.RootElement.GetProperty("away").GetBoolean());
    }

    private Process Listen(params string[] options)
    {
        var password = Path.Combine(_folder.Path, "password");
        File.WriteAllText(password, "pw\n");
        var start = new ProcessStartInfo("dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "jochat.dll"), "listen", "--json", "--user", _ada, "--password-file", password,
            "--port", gateway.Process.Port.ToString(CultureInfo.InvariantCulture), .. options,
        ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["XDG_STATE_HOME"] = start.Environment["XDG_CONFIG_HOME"] = _folder.Path;
        var listener = Process.Start(start)!;
        _listeners.Add(listener);
        return listener;
    }
}
