using System.Globalization;
using System.Net;
using KubeLab.Api;

namespace KubeLab.Nodes.Traffic;

/// <summary>What a client types to reach a service: its name as the cluster's DNS knows it, or an address, with or without a port.</summary>
/// <param name="Service">The service, when it is a name.</param>
/// <param name="Address">The address, when it is one.</param>
/// <param name="Port">The port, when one is given.</param>
/// <seealso href="https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/">DNS for Services and Pods</seealso>
public sealed record ServiceName(ObjectKey? Service, string? Address, int? Port)
{
    private const int PortMax = 65_535;
    private const int LabelMax = 63;

    /// <summary>Reads <c>shop</c>, <c>shop.prod</c>, <c>shop.prod.svc</c>, <c>shop.prod.svc.cluster.local</c>, <c>10.96.0.7</c>, each also with <c>:80</c>.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="ns">The namespace from which it is typed.</param>
    /// <exception cref="ArgumentException">It is neither a name nor an address.</exception>
    public static ServiceName Parse(string text, string ns)
    {
        ArgumentNullException.ThrowIfNull(text);
        var colon = text.LastIndexOf(':');
        var host = (colon < 0 ? text : text[..colon]).TrimEnd('.');
        int? port = null;
        if (colon >= 0)
        {
            port = int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= PortMax
                ? number
                : throw Wrong(text, $"\"{text[(colon + 1)..]}\" is no port: it must be between 1 and 65535");
        }

        if (IPAddress.TryParse(host, out _) && host.Count(c => c == '.') == 3)
        {
            return new ServiceName(null, host, port);
        }

        var labels = host.Split('.');
        if (Array.Find(labels, l => !IsLabel(l)) is { } wrong)
        {
            throw Wrong(text, $"\"{wrong}\" is no part of a name: lower-case letters, digits and '-', at most 63 of them");
        }

        return labels is [var name, .. var rest] && rest is [] or [_] or [_, "svc"] or [_, "svc", "cluster", "local"]
            ? new ServiceName(new ObjectKey(rest.Length == 0 ? ns : rest[0], name), null, port)
            : throw Wrong(text, "the cluster's names are name, name.namespace, name.namespace.svc and name.namespace.svc.cluster.local");
    }

    /// <inheritdoc/>
    public override string ToString() => $"{(Service is { } service ? $"{service.Name}.{service.Namespace}" : Address)}{(Port is { } port ? $":{port}" : "")}";

    private static bool IsLabel(string label) => label.Length is > 0 and <= LabelMax && label[0] != '-' && label[^1] != '-'
        && label.All(c => c is '-' or (>= 'a' and <= 'z') or (>= '0' and <= '9'));

    private static ArgumentException Wrong(string text, string why) => new($"\"{text}\" is no service: {why}");
}
