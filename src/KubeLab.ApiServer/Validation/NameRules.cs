using KubeLab.Api.Selecting;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Validation;

/// <summary>What names of several sorts may look like, with upstream's explanations; <see cref="LabelNames"/> has the others.</summary>
/// <remarks>Upstream: k8s.io/apimachinery/pkg/util/validation.</remarks>
internal static class NameRules
{
    public const string NotNegative = "must be greater than or equal to 0";
    public const string Immutable = "field is immutable";
    public const string PortRange = "must be between 1 and 65535, inclusive";

    private const string Dns1035 =
        "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an "
        + "alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";

    private const string ConfigKey =
        "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', "
        + "regex used for validation is '[-._a-zA-Z0-9]+')";

    private const string Wildcard =
        "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric "
        + "characters, '-' or '.' and end with an alphanumeric character (e.g. '*.example.com', regex used for validation is "
        + @"'\*\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    /// <summary>A service's name: a DNS label that does not begin with a digit.</summary>
    public static IReadOnlyList<string> ServiceNameErrors(string name)
    {
        var shape = name.Length > 0 && char.IsAsciiLetterLower(name[0])
            && LabelNames.DnsLabelErrors(name).All(e => e.Contains("63", StringComparison.Ordinal));
        return (shape, name.Length > 63) switch
        {
            (true, false) => [],
            (true, true) => ["must be no more than 63 characters"],
            (false, true) => ["must be no more than 63 characters", Dns1035],
            _ => [Dns1035],
        };
    }

    /// <summary>A port's name, as IANA registers services.</summary>
    public static IReadOnlyList<string> PortNameErrors(string name)
    {
        var errors = new List<string>();
        if (name.Length > 15)
        {
            errors.Add("must be no more than 15 characters");
        }

        if (!name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            errors.Add("must contain only alphanumeric characters (a-z, 0-9), and hyphens (-)");
        }

        if (!name.Any(char.IsAsciiLetterLower))
        {
            errors.Add("must contain at least one letter (a-z)");
        }

        if (name.Contains("--", StringComparison.Ordinal))
        {
            errors.Add("must not contain consecutive hyphens");
        }

        if (name.StartsWith('-') || name.EndsWith('-'))
        {
            errors.Add("must not begin or end with a hyphen");
        }

        return errors;
    }

    /// <summary>A key of a config map, which becomes a file name.</summary>
    public static IReadOnlyList<string> ConfigKeyErrors(string key)
    {
        var errors = new List<string>();
        if (key.Length > 253)
        {
            errors.Add("must be no more than 253 characters");
        }

        if (key.Length == 0 || !key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            errors.Add(ConfigKey);
        }

        switch (key)
        {
            case "." or "..":
                errors.Add($"must not be '{key}'");
                break;
            case not null when key.StartsWith("..", StringComparison.Ordinal):
                errors.Add("must not start with '..'");
                break;
            default:
                break;
        }

        return errors;
    }

    /// <summary>An environment variable's name.</summary>
    public static IReadOnlyList<string> EnvNameErrors(string name) => name.All(c => c is >= ' ' and <= '~' and not '=')
        ? []
        : ["a valid environment variable name must consist only of printable ASCII characters other than '='"];

    /// <summary>A name that only has to fit between two slashes of a path.</summary>
    public static IReadOnlyList<string> PathSegmentErrors(string name)
    {
        if (name is "." or "..")
        {
            return [$"may not be '{name}'"];
        }

        var errors = new List<string>();
        if (name.Contains('/', StringComparison.Ordinal))
        {
            errors.Add("may not contain '/'");
        }

        if (name.Contains('%', StringComparison.Ordinal))
        {
            errors.Add("may not contain '%'");
        }

        return errors;
    }

    /// <summary>A host name whose first part is a star.</summary>
    public static IReadOnlyList<string> WildcardErrors(string host)
    {
        var isShort = host.Length <= 253;
        var isShaped = host.StartsWith("*.", StringComparison.Ordinal) && LabelNames.SubdomainErrors(host[2..]).All(e => e.StartsWith("must be no", StringComparison.Ordinal));
        return (isShort, isShaped) switch
        {
            (true, true) => [],
            (false, true) => ["must be no more than 253 characters"],
            (true, false) => [Wildcard],
            _ => ["must be no more than 253 characters", Wildcard],
        };
    }

    /// <summary>A path that begins with a domain, such as <c>acme.io/foo</c>.</summary>
    public static void DomainPrefixedPath(FieldErrors errors, FieldPath field, string path)
    {
        if (path.Length == 0)
        {
            errors.Required(field);
            return;
        }

        var slash = path.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || slash == path.Length - 1)
        {
            errors.Invalid(field, path, "must be a domain-prefixed path (such as \"acme.io/foo\")");
            return;
        }

        errors.InvalidAll(field, path[..slash], LabelNames.SubdomainErrors(path[..slash]));
        if (!path[(slash + 1)..].All(c => char.IsAsciiLetterOrDigit(c) || "/-._~%!$&'()*+,;=:".Contains(c, StringComparison.Ordinal)))
        {
            errors.Invalid(field, path[(slash + 1)..], @"Invalid path (regex used for validation is '[A-Za-z0-9/\-._~%!$&'()*+,;=:]+')");
        }
    }

    /// <summary>Notes each of <paramref name="details"/> about <paramref name="field"/>.</summary>
    public static void InvalidAll(this FieldErrors errors, FieldPath field, object? value, IReadOnlyList<string> details)
    {
        foreach (var detail in details)
        {
            errors.Invalid(field, value, detail);
        }
    }

    /// <summary>A number that may not be negative.</summary>
    public static void NonNegative(this FieldErrors errors, FieldPath field, long? value)
    {
        if (value < 0)
        {
            errors.Invalid(field, value, NotNegative);
        }
    }

    /// <summary>A port number.</summary>
    public static void Port(this FieldErrors errors, FieldPath field, int value)
    {
        if (value is < 1 or > 65535)
        {
            errors.Invalid(field, value, PortRange);
        }
    }

    /// <summary>One of a few words, which must be there.</summary>
    public static void OneOf(this FieldErrors errors, FieldPath field, string? value, params ReadOnlySpan<string> supported)
    {
        if (string.IsNullOrEmpty(value))
        {
            errors.Required(field);
            return;
        }

        foreach (var word in supported)
        {
            if (word == value)
            {
                return;
            }
        }

        errors.NotSupported(field, value, supported);
    }
}
