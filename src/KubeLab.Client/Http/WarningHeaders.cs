namespace KubeLab.Client.Http;

/// <summary>Reads the texts of <c>Warning</c> headers: <c>299 - "text"</c>.</summary>
internal static class WarningHeaders
{
    public static IReadOnlyList<string> Of(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("Warning", out var values) ? [.. values.Select(Text)] : [];

    private static string Text(string value)
    {
        var open = value.IndexOf('"', StringComparison.Ordinal);
        var close = value.LastIndexOf('"');
        return open < 0 || close <= open
            ? value
            : value[(open + 1)..close].Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);
    }
}
