using KubeLab.Client.Connecting;

namespace KubeLab;

/// <summary>What <c>KUBELAB_TARGET</c> points at.</summary>
/// <param name="IsSimulated">Whether a cluster is simulated.</param>
/// <param name="Context">The context of a real one; null is the current context.</param>
internal readonly record struct LabTarget(bool IsSimulated, string? Context)
{
    private const string Kubeconfig = "kubeconfig";

    /// <summary>Reads the variable.</summary>
    /// <param name="text">What it says; null or blank is a simulated cluster.</param>
    /// <param name="contexts">The contexts that exist, asked only for a message.</param>
    /// <exception cref="ArgumentException">It says something else.</exception>
    public static LabTarget Parse(string? text, Func<IReadOnlyList<string>> contexts)
    {
        if (string.IsNullOrWhiteSpace(text) || text == "simulated")
        {
            return new(true, null);
        }

        if (text == Kubeconfig)
        {
            return new(false, null);
        }

        return text.StartsWith($"{Kubeconfig}:", StringComparison.Ordinal) && text[(Kubeconfig.Length + 1)..].Trim() is { Length: > 0 } context
            ? new(false, context)
            : throw Unknown(text, contexts);
    }

    private static ArgumentException Unknown(string text, Func<IReadOnlyList<string>> contexts)
    {
        var known = Known(contexts);
        var near = known.Contains(text, StringComparer.Ordinal) ? $" Did you mean \"{Kubeconfig}:{text}\"?" : "";
        return new ArgumentException(
            $"{Lab.TargetVariable} is \"{text}\": use \"simulated\", \"{Kubeconfig}\" for the current context, or \"{Kubeconfig}:CONTEXT\" for another; "
            + $"the contexts of your kubeconfig: {string.Join(", ", known.DefaultIfEmpty("none"))}.{near}");
    }

    private static IReadOnlyList<string> Known(Func<IReadOnlyList<string>> contexts)
    {
        try
        {
            return contexts();
        }
        catch (KubeconfigException)
        {
            // What is wrong with the files is told when one of them is asked for.
            return [];
        }
    }
}
