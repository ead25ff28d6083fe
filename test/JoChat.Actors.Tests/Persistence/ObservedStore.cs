using System.Collections.Concurrent;
using JoChat.Storage;
using JoChat.Testing;

namespace JoChat.Actors.Tests;

/// <summary>A real store whose calls can be watched, held up and made to fail.</summary>
internal sealed class ObservedStore : IDisposable
{
    private readonly ConcurrentQueue<string> _log = [];

    public ObservedStore(IChatStore store) => Calls = Intercepted.Of(store, Before);

    /// <summary>The store.</summary>
    public IChatStore Calls { get; }

    public int Commits { get; private set; }

    /// <summary>How often undelivered messages were read.</summary>
    public int Reads { get; private set; }

    /// <summary>How often a watermark was written.</summary>
    public int Watermarks { get; private set; }

    /// <summary>Runs at the beginning of each commit, on the store's thread; may throw as a disk would.</summary>
    public Action BeforeCommit { get; set; } = () => { };

    /// <summary>The names of all calls so far, in their order.</summary>
    public IReadOnlyList<string> Log => _log.ToArray();

    /// <summary>Runs at the beginning of each deletion of messages, on the store's thread.</summary>
    public Action BeforeDelete { get; set; } = () => { };

    /// <summary>Runs at the beginning of each look-up of an account, on the store's thread.</summary>
    public Action BeforeFind { get; set; } = () => { };

    /// <summary>Runs at the beginning of each call, on the store's thread.</summary>
    public Action<string> BeforeCall { get; set; } = _ => { };

    public void Dispose() => Calls.Dispose();

    private void Before(string call)
    {
        _log.Enqueue(call);
        BeforeCall(call);
        switch (call)
        {
            case nameof(IChatStore.Commit):
                BeforeCommit();
                Commits++;
                break;
            case nameof(IChatStore.DeleteMessages): BeforeDelete(); break;
            case nameof(IChatStore.FindAccount): BeforeFind(); break;
            case nameof(IChatStore.ReadUndelivered): Reads++; break;
            case nameof(IChatStore.AdvanceWatermark): Watermarks++; break;
        }
    }
}
