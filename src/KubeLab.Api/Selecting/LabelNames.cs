namespace KubeLab.Api.Selecting;

/// <summary>What label keys, label values and DNS names may look like, with upstream's explanations.</summary>
/// <remarks>Upstream: k8s.io/apimachinery/pkg/util/validation.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set">Syntax of
/// labels</seealso>
public static class LabelNames
{
    private const int MaxLabelLength = 63;

    private const int MaxSubdomainLength = 253;

    private const string QualifiedNameRule =
        "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character "
        + "(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

    private const string ValueRule =
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an "
        + "alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is "
        + "'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

    private const string SubdomainRule =
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an "
        + "alphanumeric character (e.g. 'example.com', regex used for validation is "
        + "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    private const string LabelRule =
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric "
        + "character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

    /// <summary>What is wrong with a label or annotation key (<c>app</c>, <c>example.com/app</c>); empty when it is fine.</summary>
    public static IReadOnlyList<string> KeyErrors(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        var name = key[(slash + 1)..];
        if (IsName(name) && slash < 0)
        {
            return [];
        }

        if (name.Contains('/', StringComparison.Ordinal))
        {
            return [$"a qualified name {QualifiedNameRule} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"];
        }

        var errors = new List<string>();
        if (slash == 0)
        {
            errors.Add("prefix part must be non-empty");
        }
        else if (slash > 0)
        {
            errors.AddRange(SubdomainErrors(key[..slash]).Select(error => $"prefix part {error}"));
        }

        if (name.Length == 0)
        {
            errors.Add("name part must be non-empty");
        }
        else if (name.Length > MaxLabelLength)
        {
            errors.Add($"name part must be no more than {MaxLabelLength} characters");
        }

        if (!HasNameShape(name))
        {
            errors.Add($"name part {QualifiedNameRule}");
        }

        return errors;
    }

    /// <summary>What is wrong with a label value; empty when it is fine.</summary>
    public static IReadOnlyList<string> ValueErrors(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Length == 0 || IsName(value))
        {
            return [];
        }

        var errors = new List<string>();
        if (value.Length > MaxLabelLength)
        {
            errors.Add($"must be no more than {MaxLabelLength} characters");
        }

        if (!HasNameShape(value))
        {
            errors.Add(ValueRule);
        }

        return errors;
    }

    /// <summary>What is wrong with a DNS subdomain, the shape of most object names; empty when it is fine.</summary>
    public static IReadOnlyList<string> SubdomainErrors(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var errors = new List<string>();
        if (name.Length > MaxSubdomainLength)
        {
            errors.Add($"must be no more than {MaxSubdomainLength} characters");
        }

        foreach (var part in name.AsSpan().Split('.'))
        {
            if (!HasDnsLabelShape(name.AsSpan()[part]))
            {
                errors.Add(SubdomainRule);
                break;
            }
        }

        return errors;
    }

    /// <summary>What is wrong with a DNS label, the shape of names of namespaces, containers and services; empty when it is fine.</summary>
    public static IReadOnlyList<string> DnsLabelErrors(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var errors = new List<string>();
        if (name.Length > MaxLabelLength)
        {
            errors.Add($"must be no more than {MaxLabelLength} characters");
        }

        if (!HasDnsLabelShape(name))
        {
            errors.Add(LabelRule);
        }

        return errors;
    }

    private static bool IsName(string name) => name.Length <= MaxLabelLength && HasNameShape(name);

    private static bool HasNameShape(ReadOnlySpan<char> name)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.'))
            {
                return false;
            }
        }

        return !name.IsEmpty && char.IsAsciiLetterOrDigit(name[0]) && char.IsAsciiLetterOrDigit(name[^1]);
    }

    private static bool HasDnsLabelShape(ReadOnlySpan<char> label)
    {
        foreach (var c in label)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-')
            {
                return false;
            }
        }

        return !label.IsEmpty && label[0] != '-' && label[^1] != '-';
    }
}
