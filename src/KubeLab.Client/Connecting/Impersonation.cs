namespace KubeLab.Client.Connecting;

/// <summary>As whom a user acts, if not as itself: headers of every request.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation">User impersonation</seealso>
internal sealed class Impersonation
{
    private readonly List<KeyValuePair<string, string>> headers = [];

    /// <summary>Reads <c>as</c>, <c>as-uid</c>, <c>as-groups</c> and <c>as-user-extra</c>.</summary>
    public Impersonation(KubeconfigEntry user)
    {
        if (user.Text("as") is not { } name)
        {
            return;
        }

        Add("Impersonate-User", name);
        if (user.Text("as-uid") is { } uid)
        {
            Add("Impersonate-Uid", uid);
        }

        foreach (var group in user.Texts("as-groups"))
        {
            Add("Impersonate-Group", group);
        }

        if (user.Object("as-user-extra") is { } extra)
        {
            foreach (var key in extra.Fields.Select(field => field.Key))
            {
                foreach (var value in extra.Texts(key))
                {
                    Add($"Impersonate-Extra-{Escaped(key)}", value);
                }
            }
        }
    }

    /// <summary>Puts the headers into a request.</summary>
    public void AddTo(HttpRequestMessage request)
    {
        foreach (var (name, value) in headers)
        {
            // A request that is sent again has them already.
            if (!request.Headers.NonValidated.TryGetValues(name, out var present) || !present.Contains(value))
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }
    }

    private void Add(string name, string value) => headers.Add(KeyValuePair.Create(name, value));

    /// <summary>A key as a header name may hold it: what HTTP does not allow is percent-encoded.</summary>
    private static string Escaped(string key) => string.Concat(key.Select(c =>
        char.IsAsciiLetterOrDigit(c) || "!#$&'*+-.^_`|~".Contains(c, StringComparison.Ordinal) ? c.ToString() : Uri.EscapeDataString(c.ToString())));
}
