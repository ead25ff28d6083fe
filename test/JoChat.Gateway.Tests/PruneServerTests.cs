using JoChat.Actors;
using JoChat.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace JoChat.Gateway.Tests;

/// <summary>What becomes of a <c>prune</c> whose command ends before it.</summary>
public sealed class PruneServerTests : IAsyncLifetime, IAsyncDisposable
{
    private const int Many = 50_000; // some hundred slices, each with a sync

    private readonly TemporaryFolder _folder = new();
    private readonly LogLines _log = new();
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SqliteChatStore _store = null!;
    private ChatService _chat = null!;
    private AdminServer _server = null!;

    public async Task InitializeAsync()
    {
        _store = SqliteChatStore.Open(_folder.File("chat.db"));
        var calls = Intercepted.Of<IChatStore>(_store, call =>
        {
            if (call == nameof(IChatStore.DeleteOld)) { _begun.TrySetResult(); }
        });
        _store.Begin();
        var ada = _store.AddAccount("ada", "ADA", "hash", DateTimeOffset.UnixEpoch)!.Value;
        for (var id = 1; id <= Many; id++)
        {
            _store.AddMessage(new NewMessage(new MessageId(id), ada, ada, "hello", DateTimeOffset.UnixEpoch));
        }
        _store.Commit();
        _chat = ChatService.Start(calls, new ChatOptions(), TimeProvider.System, NullLoggerFactory.Instance);
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(_log));
        _server = (await AdminServer.TryStartAsync(
            new AdminSettings(_folder.File("admin"), IsChosen: true), _chat.Administration, () => null, loggers))!;
    }

    async Task IAsyncLifetime.DisposeAsync() => await DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _chat.StopAsync();
        _store.Dispose();
        _folder.Dispose();
    }

    [LinuxTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_prune_ends_at_a_slice_when_its_command_or_the_server_does_and_tells_what_it_has_done(bool serverEnds)
    {
        var client = new AdminClient(_folder.File("admin"));
        var asked = client.AskAsync("/prune", new AdminRequest(OlderThan: TimeSpan.FromDays(1)));
        await _begun.Task.OrFail();

        if (serverEnds) { await _server.DisposeAsync(); } else { client.Dispose(); }

        await Assert.ThrowsAsync<OperatorException>(() => asked);
        await _log.Arrived.WaitAsync().OrFail();
        Assert.True(_log.Lines.TryDequeue(out var line));
        Assert.StartsWith("Information The operator: ", line, StringComparison.Ordinal);
        await _chat.StopAsync();
        var left = _store.FindOld(default, DateTimeOffset.UtcNow);
        Assert.False(left.IsLast);
        Assert.StartsWith($"Information The operator: {left.Ids[0].Value - 1} messages from before ", line, StringComparison.Ordinal);
        client.Dispose();
    }
}
