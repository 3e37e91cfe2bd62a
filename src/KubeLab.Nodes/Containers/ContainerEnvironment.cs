using System.Text.Json;
using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Nodes.Pods;
using KubeLab.Nodes.Programs;

namespace KubeLab.Nodes.Containers;

/// <summary>The environment variables of a container: its own, those from the pod's fields, and those from config maps.</summary>
internal static class ContainerEnvironment
{
    /// <summary>What the process finds when it starts.</summary>
    public static ProgramContext ContextOf(ContainerRun container, IPodHost host)
    {
        var worker = container.Pod;
        return new ProgramContext(
            () => Variables(container.Spec, worker, host),
            () => host.Chance.For($"{worker.Uid}/{container.Spec.Name}/{container.Restarts}"),
            container.Spec.VolumeMounts.IsEmpty ? null : () => ContainerMounts.Of(container.Spec, worker.Pod, host, worker.EmptyDirs))
        {
            Pod = worker.Pod,
            Container = container.Spec,
            PodIP = worker.PodIP ?? "",
            StartedAt = host.Clock.Now,
            Restarts = container.Restarts,
            Speed = host.Speed,
            PortsTaken = worker.PortsTakenBeside(container),
        };
    }

    /// <summary>The error for the first reference that leads nowhere; null when all are there.</summary>
    public static string? WhatIsMissing(Container container, Pod pod, IPodHost host)
    {
        foreach (var variable in container.Env)
        {
            if (variable.ValueFrom?.ConfigMapKeyRef is { Optional: not true } reference)
            {
                var ns = pod.Metadata.Namespace ?? "";
                if (Find(host, ns, reference.Name) is not { } map)
                {
                    return $"configmap \"{reference.Name}\" not found";
                }

                if (!map.Data.ContainsKey(reference.Key))
                {
                    return $"couldn't find key {reference.Key} in ConfigMap {ns}/{reference.Name}";
                }
            }
        }

        foreach (var source in container.EnvFrom)
        {
            if (ConfigMapOf(source) is { } name && !IsOptional(source) && Find(host, pod.Metadata.Namespace ?? "", name) is null)
            {
                return $"configmap \"{name}\" not found";
            }
        }

        return null;
    }

    private static Dictionary<string, string> Variables(Container container, PodWorker worker, IPodHost host)
    {
        var pod = worker.Pod;
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            ["HOSTNAME"] = pod.Spec.Hostname ?? pod.Metadata.Name ?? "",
            ["HOME"] = "/root",
        };
        foreach (var source in container.EnvFrom)
        {
            if (ConfigMapOf(source) is { } name && Find(host, pod.Metadata.Namespace ?? "", name) is { } map)
            {
                foreach (var (key, value) in map.Data)
                {
                    variables[key] = value;
                }
            }
        }

        foreach (var variable in container.Env)
        {
            if (Value(variable, container, worker, host, variables) is { } value)
            {
                variables[variable.Name] = value;
            }
        }

        return variables;
    }

    private static string? Value(EnvVar variable, Container container, PodWorker worker, IPodHost host, Dictionary<string, string> known)
    {
        if (variable.ValueFrom is not { } from)
        {
            return VariableExpansion.Expand(variable.Value ?? "", known);
        }

        if (from.FieldRef is { } field)
        {
            return Field(field.FieldPath, worker);
        }

        if (from.ConfigMapKeyRef is { } reference)
        {
            return Find(host, worker.Pod.Metadata.Namespace ?? "", reference.Name)?.Data[reference.Key];
        }

        return from.ResourceFieldRef is { } resource ? Resource(resource, container, host) : null;
    }

    private static string? Field(string path, PodWorker worker)
    {
        var pod = worker.Pod;
        return path switch
        {
            "metadata.name" => pod.Metadata.Name,
            "metadata.namespace" => pod.Metadata.Namespace,
            "metadata.uid" => pod.Metadata.Uid,
            "spec.nodeName" => pod.Spec.NodeName,
            "spec.serviceAccountName" => pod.Spec.ServiceAccountName ?? "default",
            "status.hostIP" or "status.hostIPs" => worker.Host.HostIP,
            "status.podIP" or "status.podIPs" => worker.PodIP,
            _ => InBrackets(path, "metadata.labels", pod.Metadata.Labels) ?? InBrackets(path, "metadata.annotations", pod.Metadata.Annotations),
        };
    }

    private static string? InBrackets(string path, string map, StringMap values) =>
        path.StartsWith(map + "['", StringComparison.Ordinal) && path.EndsWith("']", StringComparison.Ordinal) ? values[path[(map.Length + 2)..^2]] ?? "" : null;

    // Without a limit of its own a container may use what the node can give.
    private static string? Resource(OpaqueObject reference, Container container, IPodHost host)
    {
        var (kind, name) = Text(reference, "resource")?.Split('.', 2) is [var k, var n] ? (k, n) : ("", "");
        var quantity = kind == "limits" ? container.Resources.Limits[name] ?? host.Allocatable[name] : container.Resources.Requests[name];
        return quantity is null ? "0" : name == "cpu"
            ? ((quantity.Value.MilliValue + 999) / 1000).ToString(System.Globalization.CultureInfo.InvariantCulture)
            : quantity.Value.Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private static string? ConfigMapOf(OpaqueObject source) =>
        Member(source, "configMapRef") is { } reference && reference.TryGetProperty("name", out var name) ? name.GetString() : null;

    private static bool IsOptional(OpaqueObject source) =>
        Member(source, "configMapRef") is { } reference && reference.TryGetProperty("optional", out var optional) && optional.GetBoolean();

    private static string? Text(OpaqueObject source, string field) => Member(source, field)?.GetString();

    private static JsonElement? Member(OpaqueObject source, string field) =>
        source.Overflow is IDictionary<string, JsonElement> fields && fields.TryGetValue(field, out var value) ? value : null;

    private static ConfigMap? Find(IPodHost host, string ns, string? name)
    {
        try
        {
            return name is null ? null : host.Api.Find<ConfigMap>(ns, name);
        }
        catch (ApiException)
        {
            return null;
        }
    }
}
