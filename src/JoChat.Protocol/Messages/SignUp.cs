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

internal sealed class SignUpCodec() : OperationCodec<SignUp, SignedUp>(
    Operation.SignUp, "signup",
    new FieldTable<SignUp, (string? Username, string? Password)>(
        request => (request.Username, request.Password?.Value),
        values => new(values.Username, Secret.Of(values.Password)))
        .Add("username", (ref values) => ref values.Username, new Text(1))
        .Add("password", (ref values) => ref values.Password, new Text(1)),
    new EmptyFields<SignedUp>("Signup successful", isOriginal: true));
