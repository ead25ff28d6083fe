namespace JoChat.Protocol;

/// <summary><c>signup</c>: make an account. It does not log in.</summary>
/// <param name="Username">The name wanted; null or empty is refused.</param>
/// <param name="Password">The secret; null or empty is refused.</param>
public sealed record SignUp(string? Username, Secret? Password) : Request
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.SignUp;
}

/// <summary>The account exists and is durable.</summary>
public sealed record SignedUp : Response
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.SignUp;
}

internal sealed class SignUpCodec()
    : DoneCodec<SignUp, SignedUp>(Operation.SignUp, "signup", "Signup successful")
{
    public override SignUp ReadRequest(ref JsonInput data)
    {
        string? username = null, password = null;
        while (data.NextMember())
        {
            if (data.Is("username"u8)) { username = data.TakeText(); }
            else if (data.Is("password"u8)) { password = data.TakeText(); }
        }
        return new SignUp(username, Secret.Of(password));
    }

    protected override void Write(SignUp request, JsonOutput data)
    {
        data.Member("username"u8, request.Username);
        data.Member("password"u8, request.Password?.Value);
    }

    public override SignUp ReadRequest(ref BinaryInput input) =>
        new(input.TakeText8(), new Secret(input.TakeText8()));

    protected override void Write(SignUp request, BinaryOutput output)
    {
        output.Text8(request.Username);
        output.Text8(request.Password?.Value);
    }
}
