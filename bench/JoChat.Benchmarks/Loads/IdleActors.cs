namespace JoChat.Benchmarks;

/// <summary>Makes idle actors below itself and tells each one message, which they all signal.</summary>
internal sealed class IdleActors : ReceiveActor
{
    public IdleActors(int count, TaskCompletionSource done)
    {
        var all = new CountdownEvent(count);
        var props = Props.Create(() => new IdleActor());
        for (var i = 0; i < count; i++) { Context.ActorOf(props).Tell(all, ActorRefs.NoSender); }
        ThreadPool.RegisterWaitForSingleObject(
            all.WaitHandle, (_, _) => done.SetResult(), null, Timeout.Infinite, executeOnlyOnce: true);
    }
}
