namespace KubeLab.Connected;

/// <summary>Before the lab deletes what it did not make, somebody says by name which cluster is meant.</summary>
internal static class Confirmation
{
    /// <summary>The environment variable that confirms instead of an argument.</summary>
    public const string Variable = "KUBELAB_CONFIRM";

    /// <exception cref="InvalidOperationException">The context's name was not given, or another's was.</exception>
    public static void Require(string what, string context, string? given, string? variable)
    {
        var said = given ?? variable;
        if (said == context)
        {
            return;
        }

        var heard = string.IsNullOrEmpty(said) ? "" : $" \"{said}\" is another.";
        throw new InvalidOperationException(
            $"{what} cannot be undone, and the lab did not make this cluster. If you mean it, name its context: confirm: \"{context}\" (or {Variable}={context}).{heard}");
    }
}
