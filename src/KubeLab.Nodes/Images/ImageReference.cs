namespace KubeLab.Nodes.Images;

/// <summary>The name of an image, taken apart as the container runtime does it.</summary>
/// <param name="Registry">The registry's host, for example <c>docker.io</c>.</param>
/// <param name="Repository">The path at the registry, for example <c>library/nginx</c>.</param>
/// <param name="Tag">The tag; <c>latest</c> when neither tag nor digest is given.</param>
/// <param name="Digest">The digest such as <c>sha256:…</c>, or null.</param>
/// <seealso href="https://kubernetes.io/docs/concepts/containers/images/#image-names">Image names</seealso>
public sealed record ImageReference(string Registry, string Repository, string Tag, string? Digest)
{
    /// <summary>Registry and repository.</summary>
    public string Name => $"{Registry}/{Repository}";

    /// <summary>The full name, with tag or digest.</summary>
    public string FullName => Digest is null ? $"{Name}:{Tag}" : $"{Name}@{Digest}";

    /// <summary>Reads a name as users write it: <c>nginx</c> is <c>docker.io/library/nginx:latest</c>.</summary>
    public static ImageReference Parse(string text)
    {
        string? digest = null;
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at >= 0)
        {
            digest = text[(at + 1)..];
            text = text[..at];
        }

        var tag = "latest";
        var colon = text.LastIndexOf(':');
        if (colon > text.LastIndexOf('/'))
        {
            tag = text[(colon + 1)..];
            text = text[..colon];
        }

        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            return new("docker.io", $"library/{text}", tag, digest);
        }

        // The first part is a registry's host when it looks like one; otherwise it is an account at Docker Hub.
        var host = text[..slash];
        return host.Contains('.', StringComparison.Ordinal) || host.Contains(':', StringComparison.Ordinal) || host == "localhost"
            ? new(host, text[(slash + 1)..], tag, digest)
            : new("docker.io", text, tag, digest);
    }

    /// <inheritdoc/>
    public override string ToString() => FullName;
}
