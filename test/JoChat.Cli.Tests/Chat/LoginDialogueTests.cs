using JoChat.Protocol;

namespace JoChat.Cli.Tests.Chat;

/// <summary>The questions before the chat.</summary>
public sealed class LoginDialogueTests
{
    private const string Greeting = "* Logged in as ada. 0 sent while away. /help lists the commands.";

    [Fact]
    public async Task Name_and_password_log_in()
    {
        await using var rig = new ChatRig();
        rig.Server.On<LogIn>(_ => new LoggedIn(2));

        rig.Type(" ada ", "pw");

        await rig.ExpectAsync("* Logged in as ada. 2 sent while away. /help lists the commands.");
        Assert.Equal("ada", rig.Server.Requests.OfType<LogIn>().Single().Username);
    }

    [Fact]
    public async Task Who_takes_so_long_that_the_server_hangs_up_is_connected_again()
    {
        await using var rig = new ChatRig();
        var hangUps = 1;
        rig.Server.On<LogIn>(request => hangUps-- > 0 ? null : AnsweringServer.Usually(request));

        rig.Type("ada", "pw");

        await rig.ExpectAsync(Greeting);
    }

    [Fact]
    public async Task Who_is_not_known_may_sign_up_by_repeating_the_password()
    {
        await using var rig = new ChatRig();
        rig.Server.Answer = UnlessSignedUp(rig.Server);

        rig.Type("ada", "pw", "y", "pw");

        await rig.ExpectAsync("! Wrong.", "* Signed up as ada.", Greeting);
    }

    [Theory]
    [InlineData("n")]
    [InlineData("")]
    public async Task Who_does_not_want_to_sign_up_is_asked_again(string answer)
    {
        await using var rig = new ChatRig();
        var refusals = 1;
        rig.Server.On<LogIn>(request => refusals-- > 0
            ? new Refused(request.Operation, ErrorCode.BadCredentials, "Wrong.")
            : AnsweringServer.Usually(request));

        rig.Type("ada", "wp", answer, "ada", "pw");

        await rig.ExpectAsync("! Wrong.", Greeting);
        Assert.Empty(rig.Server.Requests.OfType<SignUp>());
    }

    [Fact]
    public async Task Passwords_that_differ_sign_nobody_up()
    {
        await using var rig = new ChatRig();
        rig.Server.Answer = UnlessSignedUp(rig.Server);

        rig.Type("ada", "pw", "y", "wp");

        await rig.ExpectAsync("! Wrong.", "! The two passwords differ.");
        Assert.Empty(rig.Server.Requests.OfType<SignUp>());
    }

    [Fact]
    public async Task A_refused_sign_up_is_told_and_asked_again()
    {
        await using var rig = new ChatRig();
        rig.Server.On<LogIn>(request => new Refused(request.Operation, ErrorCode.BadCredentials, "Wrong."));
        rig.Server.On<SignUp>(request => new Refused(request.Operation, ErrorCode.UsernameTaken, "Taken."));

        rig.Type("ada", "pw", "y", "pw");

        await rig.ExpectAsync("! Wrong.", "! Taken.");
    }

    [Fact]
    public async Task A_name_and_password_given_as_options_are_tried_once()
    {
        await using var rig = new ChatRig("--user", "ada", "--password-file", "-");
        rig.Server.Answer = UnlessSignedUp(rig.Server);

        rig.Type("pw");

        Assert.Equal(ExitCode.NotLoggedIn, await rig.Running.OrFail());
        Assert.Equal("jochat: Wrong." + Environment.NewLine, rig.Error);
    }

    [Fact]
    public async Task A_script_that_ends_before_the_login_has_failed()
    {
        await using var rig = new ChatRig();

        rig.EndInput();

        Assert.Equal(ExitCode.NotLoggedIn, await rig.Running.OrFail());
        Assert.Equal("jochat: The input ended before anybody logged in." + Environment.NewLine, rig.Error);
    }

    [Fact]
    public async Task A_person_may_leave_without_logging_in()
    {
        await using var rig = new ChatRig(AnsweringServer.Usually, isPerson: true);

        rig.EndInput();

        Assert.Equal(ExitCode.Done, await rig.Running.OrFail());
    }

    [Fact]
    public async Task A_server_without_push_is_told_of()
    {
        await using var rig = new ChatRig(Answer, isPerson: false);

        rig.Type("ada", "pw");

        await rig.ExpectAsync(Greeting, "* This server does not push messages: see /away and /inbox.");

        static Response Answer(Request request) => request is Hello
            ? new Refused(request.Operation, ErrorCode.UnknownOperation, "Unknown.")
            : AnsweringServer.Usually(request);
    }

    private static Func<Request, Response?> UnlessSignedUp(AnsweringServer server) => request =>
        request is LogIn && !server.Requests.Any(earlier => earlier is SignUp)
            ? new Refused(request.Operation, ErrorCode.BadCredentials, "Wrong.")
            : AnsweringServer.Usually(request);
}
