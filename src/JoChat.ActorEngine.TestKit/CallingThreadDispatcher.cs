namespace JoChat.ActorEngine.TestKit;

/// <summary>Runs test actors on the thread that tells them, so that what was told is in their queue when Tell
/// returns.</summary>
internal sealed class CallingThreadDispatcher() : MessageDispatcher(int.MaxValue)
{
    public override void Dispatch(Mailbox mailbox, bool isFresh) => mailbox.Execute();
}
