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

    [Fact]
    public async Task A_name_that_nobody_may_take_is_not_offered_to_sign_up()
    {
        await using var rig = new ChatRig();
        rig.Server.Answer = UnlessSignedUp(rig.Server);

        rig.Type("admin", "pw", "ada", "pw", "y", "pw");

        await rig.ExpectAsync(
            "! Wrong.", "! Username must not look like a reserved one.", "! Wrong.", "* Signed up as ada.", Greeting);
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

    [Theory]
    [InlineData("y", true)]
    [InlineData("n", false)]
    public async Task A_person_may_end_the_other_session_of_the_account(string answer, bool isTakenOver)
    {
        await using var rig = new ChatRig(Answer, isPerson: true, "--user", "ada", "--password-file", "-");

        rig.Type("pw", answer, "/quit");

        var exitCode = await rig.Running.OrFail();
        Assert.Equal(isTakenOver ? ExitCode.Done : ExitCode.Refused, exitCode);
        Assert.Equal(isTakenOver, rig.Server.Requests.OfType<LogIn>().Any(login => login.Takeover));
        Assert.Contains("Logged in elsewhere. End that session? [y/N] ", rig.Error, StringComparison.Ordinal);

        static Response Answer(Request request) => request is LogIn { Takeover: false }
            ? new Refused(request.Operation, ErrorCode.AlreadyLoggedIn, "This user is already logged in.")
            : AnsweringServer.Usually(request);
    }

    [Fact]
    public async Task A_script_does_not_end_the_other_session()
    {
        await using var rig = new ChatRig("--user", "ada", "--password-file", "-");
        rig.Server.On<LogIn>(login => new Refused(login.Operation, ErrorCode.AlreadyLoggedIn, "Elsewhere."));

        rig.Type("pw");

        Assert.Equal(ExitCode.Refused, await rig.Running.OrFail());
        Assert.DoesNotContain(rig.Server.Requests.OfType<LogIn>(), login => login.Takeover);
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
