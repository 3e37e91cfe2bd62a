namespace KubeLab.ApiServer.CustomResources.Cel;

/// <summary>An expression cannot be read, or cannot be evaluated; the message says why in upstream's words where upstream has some.</summary>
internal sealed class CelException(string message) : Exception(message)
{
    /// <summary>What upstream says of values that an operator or a function does not take.</summary>
    public static CelException NoOverload() => new("no such overload");

    /// <summary>At <paramref name="at"/> in <paramref name="source"/> something is wrong, as upstream's compiler shows it.</summary>
    public static CelException At(string source, int at, string problem)
    {
        var before = source[..Math.Min(at, source.Length)];
        var line = before.Count(c => c == '\n') + 1;
        var start = before.LastIndexOf('\n') + 1;
        var end = source.IndexOf('\n', start);
        var column = before.Length - start;
        var text = end < 0 ? source[start..] : source[start..end];
        return new($"compilation failed: ERROR: <input>:{line}:{column + 1}: {problem}\n | {text}\n | {new string('.', column)}^");
    }
}
