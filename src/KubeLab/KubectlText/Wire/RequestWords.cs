namespace KubeLab.KubectlText.Wire;

/// <summary>A request in the words of client-go's generic errors: <c>(patch pods one)</c>.</summary>
internal static class RequestWords
{
    /// <summary>The words with a space before them; nothing when the request is not about a resource.</summary>
    public static string Of(KubectlRequest? request)
    {
        if (request is null)
        {
            return "";
        }

        var parts = request.PathAndQuery.Split('?')[0].Split('/', StringSplitOptions.RemoveEmptyEntries);
        var (group, rest) = parts switch
        {
            ["api", _, .. var core] => ("", core),
            ["apis", var name, _, .. var named] => ($".{name}", named),
            _ => ("", []),
        };
        if (rest is ["namespaces", _, _, ..])
        {
            rest = rest[2..];
        }

        return rest.Length == 0 ? "" : $" ({request.Method.ToLowerInvariant()} {rest[0]}{group}{(rest.Length > 1 ? $" {Uri.UnescapeDataString(rest[1])}" : "")})";
    }
}
