using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;

namespace JoChat.ActorEngine;

/// <summary>Makes instances of one actor class with arguments that were fixed beforehand.</summary>
internal sealed class ActorFactory
{
    // Invoking a constructor through here costs little more than calling it; finding and preparing it costs much.
    private static readonly ConcurrentDictionary<ConstructorInfo, ConstructorInvoker> Invokers = new();

    private readonly ConstructorInvoker? _invoker;

    private ActorFactory(Type type, ConstructorInfo? constructor, object?[] arguments)
    {
        ActorType = type;
        Arguments = arguments;
        _invoker = constructor is null ? null : Invokers.GetOrAdd(constructor, ConstructorInvoker.Create);
    }

    public Type ActorType { get; }

    public object?[] Arguments { get; }

    public static ActorFactory From<TActor>(Expression<Func<TActor>> factory)
    {
        if (factory.Body is not NewExpression { Constructor: { } constructor } body)
        {
            throw new ArgumentException("The expression must be of the form () => new X(a, b).", nameof(factory));
        }

        var arguments = new object?[body.Arguments.Count];
        for (var i = 0; i < arguments.Length; i++) { arguments[i] = Evaluate(body.Arguments[i]); }
        return new ActorFactory(constructor.DeclaringType!, constructor, arguments);
    }

    public static ActorFactory From(Type type, object?[]? arguments)
    {
        if (!typeof(ActorBase).IsAssignableFrom(type))
        {
            throw new ArgumentException($"{type} does not derive from {nameof(ActorBase)}.", nameof(type));
        }

        arguments ??= [];
        // With arguments the constructor is searched at each creation, by the types they then have.
        var constructor = arguments.Length == 0 ? FindParameterless(type) : null;
        return new ActorFactory(type, constructor, arguments);
    }

    public ActorBase Create() => (ActorBase)(_invoker?.Invoke(Arguments.AsSpan()) ?? Search());

    private object Search() =>
        Activator.CreateInstance(
            ActorType,
            BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.CreateInstance,
            binder: null,
            Arguments,
            culture: null)!;

    private static ConstructorInfo? FindParameterless(Type type) =>
        type.GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, Type.EmptyTypes);

    // Constants and captured variables, which is what nearly all arguments are, need no compiler.
    private static object? Evaluate(Expression argument) => argument switch
    {
        ConstantExpression constant => constant.Value,
        MemberExpression { Member: FieldInfo field, Expression: ConstantExpression owner } =>
            field.GetValue(owner.Value),
        MemberExpression { Member: FieldInfo { IsStatic: true } field } => field.GetValue(null),
        _ => Expression.Lambda<Func<object?>>(Expression.Convert(argument, typeof(object)))
            .Compile(preferInterpretation: true)(),
    };
}
