namespace JoChat.Protocol.Tests;

/// <summary>login and send_message have two binary forms; whoever asks in one is answered in it.</summary>
public sealed class LongerFormTests
{
    private const string LongLogin = "15 00 0003'ada' 0002'pw' 01";
    private const string LongSend = "14 00 0003'ada' 0003'bob' 0002'Hi' 0001'1'";

    public static TheoryData<string, string, Response> Answers => new()
    {
        { "02 00 03'ada' 02'pw'", "02 01 01 0003 11'Login successful.'", new LoggedIn(3) },
        { LongLogin, "15 01 01 0000000000000003 0000", new LoggedIn(3) },
        { "15 00 0003'ada' 0002'pw' 00", "15 01 01 0000000000000003 0000", new LoggedIn(3) }, // without options too
        {
            "02 00 03'ada' 02'pw'", "02 01 00 0000 25'Username not found or wrong password.'", Refusals.BadCredentials
        },
        {
            LongLogin, "15 01 00 0f'bad_credentials' 0025'Username not found or wrong password.'",
            Refusals.BadCredentials
        },
        { "05 00 03'ada' 03'bob' 0002'Hi'", "05 01 00 19'Recipient does not exist.'", Refusals.NoSuchRecipient },
        { LongSend, "14 01 00 11'no_such_recipient' 0019'Recipient does not exist.'", Refusals.NoSuchRecipient },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void A_request_is_answered_in_its_form(string request, string response, Response said)
    {
        var answer = said.AsAnswerTo(Binary.DecodeRequest(Hex.Read(request)));

        Assert.Equal(Hex.Read(response), Binary.Encode(answer));
        Assert.Equal(said, Binary.DecodeMessage(Hex.Read(response)));
    }

    [Theory]
    [InlineData(255, 1, 2)]
    [InlineData(256, 1, 21)]
    [InlineData(1, 255, 2)]
    [InlineData(1, 256, 21)]
    public void A_login_whose_texts_do_not_fit_takes_the_longer_form(int name, int password, int op)
    {
        var request = new LogIn(new string('n', name), new Secret(new string('p', password)));

        var body = Binary.Encode(request);

        Assert.Equal(op, body[0]);
        Assert.Equal(request, Binary.DecodeRequest(body));
    }

    [Fact]
    public void An_answer_carries_the_id_of_its_request_and_the_form_is_no_part_of_what_it_says()
    {
        var id = new RequestId("7");
        var request = Binary.DecodeRequest(Hex.Read(LongSend)) with { Id = id };

        var answer = new MessageStored().AsAnswerTo(request);

        Assert.Equal(new MessageStored { Id = id }, answer);
        Assert.Equal(new SendMessage("ada", "bob", "Hi", "1") { Id = id }, request);
        Assert.NotEqual(new MessageStored { Id = new RequestId("8") }, answer);
        Assert.NotEqual(new SendMessage("ada", "bob", "Hi", "1"), request);
    }

    [Fact]
    public void An_answer_that_needs_nothing_added_is_not_copied()
    {
        var response = new LoggedOut();

        Assert.Same(response, response.AsAnswerTo(new LogOut()));
    }
}
