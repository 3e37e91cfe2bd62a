using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;

namespace KubeLab.ApiServer.Registry;

/// <summary>Reads logs from the kubelet of the pod's node.</summary>
/// <remarks>Upstream: pkg/registry/core/pod/strategy.go, LogLocation, and the kubelet's validateContainerLogStatus.</remarks>
internal sealed class PodLogs(RegistryContext context)
{
    public string Read(Pod pod, LogOptions options) =>

        // Upstream answers with an empty log while no node has the pod.
        Find(pod, options) is var (kubelet, container) ? kubelet.Log(pod, container, options) : "";

    /// <summary>Follows a log; null while no node has the pod.</summary>
    public ContainerStream? Follow(Pod pod, LogOptions options) =>
        Find(pod, options) is var (kubelet, container) ? kubelet.FollowLog(pod, container, options) : null;

    private (IKubeletEndpoint Kubelet, string Container)? Find(Pod pod, LogOptions options)
    {
        Validate(pod, options);
        var container = ContainerOf(pod, options.Container);
        if (string.IsNullOrEmpty(pod.Spec.NodeName))
        {
            return null;
        }

        RequireStarted(pod, container, options.Previous);
        var kubelet = context.Options.Kubelets(pod.Spec.NodeName) ?? throw ApiErrors.Internal($"dial tcp {pod.Spec.NodeName}:10250: connect: connection refused");
        return (kubelet, container);
    }

    /// <remarks>Upstream: ValidatePodLogOptions.</remarks>
    private static void Validate(Pod pod, LogOptions options)
    {
        var causes = new List<StatusCause>();
        void Wrong(string field, string message) => causes.Add(new() { Reason = "FieldValueInvalid", Field = field, Message = message });
        if (options.TailLines < 0)
        {
            Wrong("tailLines", $"Invalid value: {options.TailLines}: must be greater than or equal to 0");
        }

        if (options.LimitBytes < 1)
        {
            Wrong("limitBytes", $"Invalid value: {options.LimitBytes}: must be greater than 0");
        }

        if (options is { SinceSeconds: not null, SinceTime: not null })
        {
            causes.Add(new() { Reason = "FieldValueForbidden", Field = "", Message = "Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified" });
        }
        else if (options.SinceSeconds < 1)
        {
            Wrong("sinceSeconds", $"Invalid value: {options.SinceSeconds}: must be greater than 0");
        }

        if (causes.Count > 0)
        {
            throw ApiErrors.Invalid(LogOptionsResource, pod.Metadata.Name ?? "", causes);
        }
    }

    private static readonly ApiResource LogOptionsResource = ApiResource.Named("v1", "podlogoptions", "PodLogOptions", true);

    private static string ContainerOf(Pod pod, string? asked)
    {
        var name = pod.Metadata.Name;
        if (!string.IsNullOrEmpty(asked))
        {
            return pod.Spec.Containers.Exists(c => c.Name == asked) || pod.Spec.InitContainers.Exists(c => c.Name == asked)
                ? asked
                : throw ApiErrors.BadRequest($"container {asked} is not valid for pod {name}");
        }

        if (pod.Spec.Containers.Count == 1)
        {
            return pod.Spec.Containers[0].Name;
        }

        var containers = string.Join(' ', pod.Spec.Containers.Select(c => c.Name));
        var init = string.Join(' ', pod.Spec.InitContainers.Select(c => c.Name));
        throw ApiErrors.BadRequest(
            $"a container name must be specified for pod {name}, choose one of: [{containers}]"
            + (init.Length == 0 ? "" : $" or one of the init containers: [{init}]"));
    }

    private static void RequireStarted(Pod pod, string container, bool previous)
    {
        var status = pod.Status.ContainerStatuses.Find(c => c.Name == container) ?? pod.Status.InitContainerStatuses.Find(c => c.Name == container);
        var waiting = status?.State?.Waiting;
        if (previous && status?.LastState?.Terminated is null)
        {
            throw ApiErrors.BadRequest($"previous terminated container {GoQuote.Quote(container)} in pod {GoQuote.Quote(pod.Metadata.Name!)} not found");
        }

        if (!previous && (status is null || (waiting is not null && status.LastState?.Terminated is null)))
        {
            var why = waiting?.Reason switch
            {
                null => "ContainerCreating",
                "ErrImagePull" => "image can't be pulled",
                "ImagePullBackOff" => "trying and failing to pull image",
                var reason => reason,
            };
            throw ApiErrors.BadRequest($"container {GoQuote.Quote(container)} in pod {GoQuote.Quote(pod.Metadata.Name!)} is waiting to start: {why}");
        }
    }
}
