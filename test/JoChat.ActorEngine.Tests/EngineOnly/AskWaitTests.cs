using System.Runtime.CompilerServices;

namespace JoChat.ActorEngine.Tests;

/// <summary>A question that is over is kept neither by the clock nor by the token that could have ended it.</summary>
public sealed class AskWaitTests : TimedSpec, IDisposable
{
    private readonly CancellationTokenSource _source = new();

    [Fact]
    public void Question_that_was_answered_is_forgotten() => AssertForgotten(Ask(asker => asker.Tell(7)));

    [Fact]
    public void Question_that_timed_out_is_forgotten() => AssertForgotten(Ask(_ => Pass(1_000)));

    [Fact]
    public void Question_that_was_cancelled_is_forgotten() => AssertForgotten(Ask(_ => _source.Cancel()));

    [Fact]
    public void Question_that_was_answered_while_it_was_told_is_forgotten() =>
        AssertForgotten(Ask(_ => { }, asker => asker.Tell(7)));

    public void Dispose() => _source.Dispose();

    // A method of its own, so that no local variable keeps the question.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference Ask(Action<IActorRef> after, Action<IActorRef>? before = null)
    {
        IActorRef asker = ActorRefs.Nobody;
        var answer = Sys.DeadLetters.Ask<int>(
            self =>
            {
                asker = self;
                before?.Invoke(self);
                return "x";
            },
            Ms(1_000),
            _source.Token);
        after(asker);
        Assert.True(answer.IsCompleted);
        return new WeakReference(answer);
    }

    private static void AssertForgotten(WeakReference question)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers(); // a failed task that nobody looked at has one
        GC.Collect();
        Assert.False(question.IsAlive);
    }
}
