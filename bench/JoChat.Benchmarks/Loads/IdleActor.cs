namespace JoChat.Benchmarks;

/// <summary>Five handlers, and nothing to do.</summary>
internal sealed class IdleActor : ReceiveActor
{
    public int Handled { get; private set; }

    public IdleActor()
    {
        Receive<string>(_ => Handled++);
        Receive<int>(_ => Handled++);
        Receive<double>(_ => Handled++);
        Receive<long>(_ => Handled++);
        Receive<CountdownEvent>(born => born.Signal());
    }
}
