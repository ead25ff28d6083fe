using JoChat.Protocol;

namespace JoChat.Actors.Tests;

/// <summary>One client, one line: requests are done and answered in the order asked.</summary>
public sealed class SessionOrderTests : SessionTestKit
{
    [Fact]
    public async Task A_refusal_waits_for_the_answers_before_it_and_has_its_own_name()
    {
        await LogInAsync();

        Session.Submit(SendTo("bob", "1") with { Id = new RequestId("1") });
        Session.Submit(new SendMessage("Ada", "bob", null) { Id = new RequestId("2") });
        Session.Submit(
            new UnreadableRequest(Operation.Unknown, ErrorCode.UnknownOperation, "what?") { MessageType = "dance" });
        Session.Submit(SendTo("bob", "3") with { Id = new RequestId("3") });
        await Persistence.ExpectMsgAsync<StoreMessage>();
        Persistence.Reply(new MessageStored());
        await Persistence.ExpectMsgAsync<StoreMessage>();
        Persistence.Reply(new MessageStored());

        await Client.ExpectMsgAsync(new MessageStored { Id = new RequestId("1") });
        await Client.ExpectMsgAsync(Refusals.IncompleteMessage with { Id = new RequestId("2") });
        await Client.ExpectMsgAsync(
            new Refused(Operation.Unknown, ErrorCode.UnknownOperation, "what?") { MessageType = "dance" });
        await Client.ExpectMsgAsync(new MessageStored { Id = new RequestId("3") });
    }

    [Fact]
    public async Task A_client_that_does_not_read_is_not_given_more_until_it_does_and_then_in_order()
    {
        await LogInAsync();
        Connection.HasRoom = false;
        Session.Submit(new CountUnread { Id = new RequestId("1") });
        Session.Tell(new OutputWritten(null));
        await FenceAsync();
        Assert.False(Persistence.HasMessages);

        Connection.HasRoom = true;
        Session.Submit(new CountUnread { Id = new RequestId("2") });
        Session.Tell(new OutputWritten(null));

        await Persistence.ExpectMsgAsync<CountUndelivered>();
        Persistence.Reply(new UnreadCounted(0));
        await Client.ExpectMsgAsync(new UnreadCounted(0) { Id = new RequestId("1") });
        await Persistence.ExpectMsgAsync<CountUndelivered>();
        Persistence.Reply(new UnreadCounted(0));
        await Client.ExpectMsgAsync(new UnreadCounted(0) { Id = new RequestId("2") });
    }

    [Fact]
    public async Task The_end_of_input_waits_for_the_answers_then_frees_the_account_then_closes()
    {
        await LogInAsync();
        Watch(Session);

        Session.Submit(SendTo("bob", "last words"));
        Session.Tell(InputEnded.Instance);
        await Persistence.ExpectMsgAsync<StoreMessage>();
        Persistence.Reply(new MessageStored());

        await Client.ExpectMsgAsync(new MessageStored());
        await Persistence.ExpectMsgAsync(new EndSession(0, Ada.Id));
        Persistence.Reply(new LoggedOut());
        await Client.ExpectMsgAsync(ProbeConnection.Closed.Instance);
        await ExpectTerminatedAsync(Session);
    }

    [Fact]
    public async Task A_failing_store_refuses_what_was_asked_and_the_session_goes_on()
    {
        await LogInAsync();

        Session.Submit(SendTo("bob", "1"));
        await Persistence.ExpectMsgAsync<StoreMessage>();
        Persistence.Reply(new StoreFailed(0));

        await Client.ExpectMsgAsync(Refusals.StorageUnavailable(Operation.SendMessage));
        Session.Submit(new CountUnread());
        await Persistence.ExpectMsgAsync<CountUndelivered>();
    }
}
