namespace JoChat.Protocol;

/// <summary><c>change_password</c>: give my account another secret. All its resume tokens are revoked.</summary>
/// <param name="OldPassword">The secret it has; null or empty is refused.</param>
/// <param name="NewPassword">The secret it is to have, judged as at sign-up.</param>
public sealed record ChangePassword(Secret? OldPassword, Secret? NewPassword) : Request
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.ChangePassword;
}

/// <summary>The new secret holds.</summary>
public sealed record PasswordChanged : Response
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.ChangePassword;
}

internal sealed class ChangePasswordCodec() : OperationCodec<ChangePassword, PasswordChanged>(
    Operation.ChangePassword, "change_password",
    new FieldTable<ChangePassword, (string? Old, string? New)>(
        request => (request.OldPassword?.Value, request.NewPassword?.Value),
        values => new(Secret.Of(values.Old), Secret.Of(values.New)))
        .Add("old_password", (ref values) => ref values.Old, new Text(2))
        .Add("new_password", (ref values) => ref values.New, new Text(2)),
    new EmptyFields<PasswordChanged>("Password changed."));
