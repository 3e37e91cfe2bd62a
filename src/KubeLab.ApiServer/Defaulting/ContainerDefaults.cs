using KubeLab.Api;
using KubeLab.Api.Core;

namespace KubeLab.ApiServer.Defaulting;

/// <summary>Fills in what containers leave out.</summary>
internal static class ContainerDefaults
{
    /// <summary>The list with <paramref name="fill"/> applied to each element; the same list when that changes nothing.</summary>
    public static ValueList<T> Each<T>(ValueList<T> items, Func<T, T> fill)
        where T : class
    {
        T[]? filled = null;
        for (var i = 0; i < items.Count; i++)
        {
            var item = fill(items[i]);
            if (!ReferenceEquals(item, items[i]))
            {
                filled ??= items.Span.ToArray();
                filled[i] = item;
            }
        }

        return filled is null ? items : ValueList.Create<T>(filled);
    }

    public static Container Fill(Container container)
    {
        var ports = Each(container.Ports, Port);
        var env = Each(container.Env, Env);
        var liveness = Probe(container.LivenessProbe);
        var readiness = Probe(container.ReadinessProbe);
        var startup = Probe(container.StartupProbe);
        var lifecycle = Lifecycle(container.Lifecycle);
        var isFull = !string.IsNullOrEmpty(container.TerminationMessagePath) && !string.IsNullOrEmpty(container.TerminationMessagePolicy)
            && !string.IsNullOrEmpty(container.ImagePullPolicy) && ReferenceEquals(lifecycle, container.Lifecycle)
            && ReferenceEquals(liveness, container.LivenessProbe) && ReferenceEquals(readiness, container.ReadinessProbe)
            && ReferenceEquals(startup, container.StartupProbe);
        if (isFull && ports == container.Ports && env == container.Env)
        {
            return container;
        }

        return container with
        {
            Ports = ports,
            Env = env,
            LivenessProbe = liveness,
            ReadinessProbe = readiness,
            StartupProbe = startup,
            Lifecycle = lifecycle,
            TerminationMessagePath = Or(container.TerminationMessagePath, "/dev/termination-log"),
            TerminationMessagePolicy = Or(container.TerminationMessagePolicy, "File"),
            ImagePullPolicy = Or(container.ImagePullPolicy, IsMoving(container.Image) ? "Always" : "IfNotPresent"),
        };
    }

    /// <summary>A limit without a request is the request too.</summary>
    public static Container Requests(Container container)
    {
        var requests = container.Resources.Requests;
        foreach (var (name, amount) in container.Resources.Limits)
        {
            requests = requests.ContainsKey(name) ? requests : requests.With(name, amount);
        }

        return requests.Count == container.Resources.Requests.Count
            ? container
            : container with { Resources = container.Resources with { Requests = requests } };
    }

    private static ContainerPort Port(ContainerPort port) => string.IsNullOrEmpty(port.Protocol) ? port with { Protocol = "TCP" } : port;

    private static EnvVar Env(EnvVar variable) => variable.ValueFrom?.FieldRef is { ApiVersion: null or "" } field
        ? variable with { ValueFrom = variable.ValueFrom with { FieldRef = field with { ApiVersion = "v1" } } }
        : variable;

    private static Probe? Probe(Probe? probe)
    {
        if (probe is null)
        {
            return null;
        }

        var http = Http(probe.HttpGet);
        var grpc = probe.Grpc is { Service: null } g ? g with { Service = "" } : probe.Grpc;
        var isFull = probe is { TimeoutSeconds: not 0, PeriodSeconds: not 0, SuccessThreshold: not 0, FailureThreshold: not 0 };
        if (isFull && ReferenceEquals(http, probe.HttpGet) && ReferenceEquals(grpc, probe.Grpc))
        {
            return probe;
        }

        return probe with
        {
            HttpGet = http,
            Grpc = grpc,
            TimeoutSeconds = probe.TimeoutSeconds == 0 ? 1 : probe.TimeoutSeconds,
            PeriodSeconds = probe.PeriodSeconds == 0 ? 10 : probe.PeriodSeconds,
            SuccessThreshold = probe.SuccessThreshold == 0 ? 1 : probe.SuccessThreshold,
            FailureThreshold = probe.FailureThreshold == 0 ? 3 : probe.FailureThreshold,
        };
    }

    private static Lifecycle? Lifecycle(Lifecycle? lifecycle)
    {
        if (lifecycle is null)
        {
            return null;
        }

        var start = Http(lifecycle.PostStart?.HttpGet);
        var stop = Http(lifecycle.PreStop?.HttpGet);
        return ReferenceEquals(start, lifecycle.PostStart?.HttpGet) && ReferenceEquals(stop, lifecycle.PreStop?.HttpGet)
            ? lifecycle
            : lifecycle with
            {
                PostStart = lifecycle.PostStart is { } s ? s with { HttpGet = start } : null,
                PreStop = lifecycle.PreStop is { } p ? p with { HttpGet = stop } : null,
            };
    }

    private static HttpGetAction? Http(HttpGetAction? get) => get is null || (!string.IsNullOrEmpty(get.Path) && !string.IsNullOrEmpty(get.Scheme))
        ? get
        : get with { Path = Or(get.Path, "/"), Scheme = Or(get.Scheme, "HTTP") };

    // A tag that can move must be looked up at each start; a digest cannot move, whatever tag stands before it.
    private static bool IsMoving(string? image)
    {
        if (string.IsNullOrEmpty(image))
        {
            return false;
        }

        var name = image;
        var at = name.IndexOf('@', StringComparison.Ordinal);
        if (at >= 0)
        {
            name = name[..at];
        }

        var colon = name.LastIndexOf(':');
        var tag = colon > name.LastIndexOf('/') ? name[(colon + 1)..] : null;
        return tag == "latest" || (tag is null && at < 0);
    }

    private static string Or(string? text, string otherwise) => string.IsNullOrEmpty(text) ? otherwise : text;
}
