using System.Reflection;

namespace JoChat.Testing;

/// <summary>A real object behind its interface, with something before each call.</summary>
public class Intercepted : DispatchProxy
{
    private object? _inner;
    private object[] _results = [];
    private Action<string> _before = null!;

    /// <summary>Wraps an object.</summary>
    /// <typeparam name="T">Its interface.</typeparam>
    /// <param name="inner">The object.</param>
    /// <param name="before">Gets the name of the method that is about to be called; may throw in its place.</param>
    public static T Of<T>(T inner, Action<string> before) where T : class
    {
        var proxy = Create<T, Intercepted>();
        var intercepted = (Intercepted)(object)proxy;
        (intercepted._inner, intercepted._before) = (inner, before);
        return proxy;
    }

    /// <summary>An object whose methods do nothing.</summary>
    /// <typeparam name="T">Its interface.</typeparam>
    /// <param name="results">What methods return whose type fits; the others return null or zero.</param>
    public static T Nothing<T>(params object[] results) where T : class
    {
        var proxy = Create<T, Intercepted>();
        ((Intercepted)(object)proxy)._results = results;
        return proxy;
    }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (_inner is null) { return Array.Find(_results, result => targetMethod!.ReturnType.IsInstanceOfType(result)); }
        _before(targetMethod!.Name);
        return targetMethod.Invoke(_inner, BindingFlags.DoNotWrapExceptions, binder: null, args, culture: null);
    }
}
