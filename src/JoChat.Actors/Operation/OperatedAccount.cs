namespace JoChat.Actors;

/// <summary>What an operator sees of an account.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Username">Its name as it is shown.</param>
/// <param name="Key">The name as names are compared and sorted.</param>
/// <param name="IsDisabled">Whether nobody can log in to it.</param>
/// <param name="CreatedAt">When it was made, in UTC.</param>
/// <param name="UsedAt">When one of its kept logins was used last, in UTC; null if it has none.</param>
/// <param name="Logins">How many logins are kept.</param>
/// <param name="Sessions">How many sessions it has now.</param>
/// <param name="SentBytes">How many bytes of messages it has stored, about.</param>
public sealed record OperatedAccount(
    long Id, string Username, string Key, bool IsDisabled, DateTimeOffset CreatedAt, DateTimeOffset? UsedAt, int Logins,
    int Sessions, long SentBytes);
