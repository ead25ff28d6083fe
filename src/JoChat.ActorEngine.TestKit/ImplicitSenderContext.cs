namespace JoChat.ActorEngine.TestKit;

/// <summary>Makes the test actor the sender of what a test tells, on whatever thread the test goes on after an
/// await.</summary>
internal sealed class ImplicitSenderContext(ActorCell cell) : SynchronizationContext
{
    /// <summary>Begins on this thread, and goes on with the test.</summary>
    public void Begin()
    {
        ActorCell.Enter(cell);
        SetSynchronizationContext(this);
    }

    public override void Post(SendOrPostCallback d, object? state) =>
        ThreadPool.QueueUserWorkItem(work => Run(work.d, work.state), (d, state), preferLocal: false);

    public override void Send(SendOrPostCallback d, object? state) => Run(d, state);

    public override SynchronizationContext CreateCopy() => this;

    private void Run(SendOrPostCallback callback, object? state)
    {
        var outerContext = Current;
        var outerCell = ActorCell.Enter(cell);
        SetSynchronizationContext(this);
        try
        {
            callback(state);
        }
        finally
        {
            SetSynchronizationContext(outerContext);
            ActorCell.Leave(outerCell);
        }
    }
}
