namespace JoChat.Load.Torture;

/// <summary>How a client logs in.</summary>
internal enum LoginMethod
{
    /// <summary>By its resume token, if it has one; else by password.</summary>
    Token,

    /// <summary>By password, taking over.</summary>
    Password,

    /// <summary>By password, waiting until the account is free.</summary>
    PasswordWhenFree,
}

/// <summary>What happens to one connection of one client.</summary>
/// <param name="Login">How it logs in.</param>
/// <param name="Step">Where it is cut.</param>
/// <param name="Countdown">How many sends, answers or pushes of that step succeed before, ≥ 0.</param>
/// <param name="IsReset">Whether it is cut by a reset, else by a close.</param>
/// <param name="StallAfter">After how many messages it stops reading for a while; -1: never.</param>
/// <param name="Stall">For how long.</param>
internal sealed record ConnectionPlan(
    LoginMethod Login, CutStep Step, int Countdown, bool IsReset, int StallAfter, TimeSpan Stall)
{
    private const int MostBefore = 24;
    private static readonly CutStep[] Always =
    [
        CutStep.None, CutStep.InLogin, CutStep.BeforeSend, CutStep.MidFrame, CutStep.AfterSend, CutStep.AfterCommit,
        CutStep.AfterAnswer, CutStep.TakenOver,
    ];

    /// <summary>The next connection of a client.</summary>
    /// <param name="receiving">How the client receives: not every step exists for everyone.</param>
    /// <param name="random">The client's own.</param>
    public static ConnectionPlan Next(Receiving receiving, Random random)
    {
        CutStep[] steps = receiving switch
        {
            Receiving.PushAndAck => [.. Always, CutStep.MidEvent, CutStep.BeforeAck, CutStep.AfterAck],
            Receiving.Push => [.. Always, CutStep.MidEvent],
            _ => [.. Always, CutStep.MidPoll],
        };
        return new ConnectionPlan(
            (LoginMethod)random.Next(3), steps[random.Next(steps.Length)], random.Next(MostBefore),
            IsReset: random.Next(2) == 0,
            StallAfter: random.Next(12) == 0 ? random.Next(MostBefore) : -1,
            TimeSpan.FromMilliseconds(random.Next(200, 4000)));
    }

    /// <summary>A connection without faults.</summary>
    public static ConnectionPlan Calm { get; } =
        new(LoginMethod.Password, CutStep.None, 0, IsReset: false, StallAfter: -1, TimeSpan.Zero);
}
