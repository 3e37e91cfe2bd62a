using KubeLab.Api;
using KubeLab.Api.Core;

namespace KubeLab.Benchmarks;

/// <summary>Objects of ordinary size.</summary>
internal static class Samples
{
    private static readonly PodSpec Spec = new()
    {
        Containers =
        [
            new Container
            {
                Name = "app",
                Image = "nginx:1.27",
                Env = [new EnvVar { Name = "MODE", Value = "prod" }],
                Ports = [new ContainerPort { Port = 80, Protocol = "TCP" }],
                Resources = new()
                {
                    Requests = ResourceList.Of(("cpu", Quantity.Parse("100m")), ("memory", Quantity.Parse("500Mi"))),
                    Limits = ResourceList.Of(("memory", Quantity.Parse("1Gi"))),
                },
                ReadinessProbe = new() { HttpGet = new() { Path = "/", Port = 80 }, PeriodSeconds = 10 },
            },
        ],
    };

    public static Pod Pod(string name) => new()
    {
        Metadata = new() { Name = name, Namespace = "default", Labels = StringMap.Of(("app", "web"), ("tier", "front")) },
        Spec = Spec,
    };

    public static Node Node(string name) => new()
    {
        Metadata = new() { Name = name },
        Status = new()
        {
            Allocatable = ResourceList.Of(("cpu", Quantity.Parse("4")), ("memory", Quantity.Parse("32Gi")), ("pods", Quantity.Parse("110"))),
        },
    };
}
