using System.Globalization;
using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;
using KubeLab.Simulation;

namespace KubeLab.ApiServer.Registry;

/// <summary>Finds who answers behind <c>pods/proxy</c> and <c>services/proxy</c>, and asks.</summary>
/// <remarks>Upstream: ResourceLocation in pkg/registry/core/pod/strategy.go and pkg/registry/core/service/storage.</remarks>
/// <seealso href="https://kubernetes.io/docs/tasks/access-application-cluster/access-cluster-services/">Access services running on clusters</seealso>
internal sealed class ProxyTargets(RegistryContext context, ApiServer server)
{
    private const int PortUsual = 80;
    private readonly Randomness chance = context.Proxies;

    /// <summary>Asks a pod; its first container's port unless one is named.</summary>
    public WebAnswer AskPod(ServerConnection api, string ns, string id, WebQuestion question)
    {
        var (_, name, port) = Split("pod", id);
        var pod = (Pod)api.Get(Pod.Resource, new ObjectKey(ns, name));
        var declared = pod.Spec.Containers.SelectMany(c => c.Ports).Select(p => p.Port).FirstOrDefault(PortUsual);
        return Ask(pod, int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : declared, question);
    }

    /// <summary>Asks one of the ready pods behind a service.</summary>
    public WebAnswer AskService(ServerConnection api, string ns, string id, WebQuestion question)
    {
        var (_, name, port) = Split("service", id);
        var service = (Service)api.Get(Service.Resource, new ObjectKey(ns, name));
        if (int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            port = service.Spec.Ports.Find(p => p.Port == number) is { } numbered
                ? numbered.Name ?? ""
                : throw Unavailable($"no service port {number} found for service \"{name}\"");
        }

        var ready = service.Spec.Selector.IsEmpty ? [] : api.List<Pod>(ns)
            .Where(p => service.Spec.Selector.All(s => p.Metadata.Labels[s.Key] == s.Value))
            .Where(p => p.Metadata.DeletionTimestamp is null && p.Status.Conditions.Exists(c => c is { Type: "Ready", Status: "True" }))
            .ToList();
        if (ready.Count == 0)
        {
            throw Unavailable($"no endpoints available for service \"{name}\"");
        }

        var wanted = service.Spec.Ports.Find(p => (p.Name ?? "") == port) ?? throw Unavailable($"no endpoints available for service \"{id}\"");
        var pod = ready[chance.NextInt(ready.Count)];
        return Ask(pod, TargetOf(wanted, pod), question);
    }

    private WebAnswer Ask(Pod pod, int port, WebQuestion question)
    {
        var ports = server.Connections.Ports(pod);
        return ports.Ask(port, question) ?? throw Unavailable(ports.WhyRefused(port) is null
            ? $"error trying to reach service: net/http: HTTP/1.x transport connection broken: malformed HTTP response (port {port} of this image speaks no HTTP)"
            : $"error trying to reach service: dial tcp {pod.Status.PodIP}:{port}: connect: connection refused");
    }

    private static int TargetOf(ServicePort port, Pod pod)
    {
        var target = port.TargetPort;
        if (target is { IsString: true, StrVal: { } named })
        {
            return pod.Spec.Containers.SelectMany(c => c.Ports).FirstOrDefault(p => p.Name == named)?.Port ?? port.Port;
        }

        return target is { IntValue: > 0 and var number } ? number : port.Port;
    }

    /// <summary>Reads <c>name</c>, <c>name:port</c> and <c>scheme:name:port</c>.</summary>
    private static (string Scheme, string Name, string Port) Split(string what, string id) => id.Split(':') switch
    {
        [var name] when name.Length > 0 => ("", name, ""),
        [var name, var port] when name.Length > 0 => ("", name, port),
        ["http" or "https" or "", var name, var port] when name.Length > 0 => (id.Split(':')[0], name, port),
        _ => throw ApiErrors.BadRequest($"invalid {what} request \"{id}\""),
    };

    private static ApiException Unavailable(string message) =>
        new(new Status { State = "Failure", Code = 503, Reason = "ServiceUnavailable", Message = message });
}
