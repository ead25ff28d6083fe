#nullable disable annotations
namespace JoChat.ActorEngine;

/// <summary>Decides what becomes of an actor by the exception it failed with.</summary>
public interface IDecider
{
    /// <summary>The decision.</summary>
    /// <param name="cause">What the child threw.</param>
    Directive Decide(Exception cause);
}

/// <summary>Ways to make a decider.</summary>
public static class Decider
{
    /// <summary>Decides by a function.</summary>
    /// <param name="localOnlyDecider">The function.</param>
    public static IDecider From(Func<Exception, Directive> localOnlyDecider) => new FunctionDecider(localOnlyDecider);

    /// <summary>Decides by the exception's type: the first pair that fits.</summary>
    /// <param name="defaultDirective">For the types that are not listed.</param>
    /// <param name="pairs">Types, subclasses included, and their directives.</param>
    public static IDecider From(Directive defaultDirective, params KeyValuePair<Type, Directive>[] pairs) =>
        new FunctionDecider(cause =>
        {
            foreach (var (type, directive) in pairs)
            {
                if (type.IsInstanceOfType(cause)) { return directive; }
            }

            return defaultDirective;
        });

    /// <summary>Decides by the exception's type: the first pair that fits.</summary>
    /// <param name="defaultDirective">For the types that are not listed.</param>
    /// <param name="pairs">Types, subclasses included, and their directives.</param>
    public static IDecider From(Directive defaultDirective, IEnumerable<KeyValuePair<Type, Directive>> pairs) =>
        From(defaultDirective, pairs.ToArray());

    private sealed class FunctionDecider(Func<Exception, Directive> decide) : IDecider
    {
        public Directive Decide(Exception cause) => decide(cause);
    }
}
