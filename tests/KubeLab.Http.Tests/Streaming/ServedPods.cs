using KubeLab.Api.Core;
using KubeLab.Api.Verbs;

namespace KubeLab.Http.Tests.Streaming;

/// <summary>Served clusters with something to talk to.</summary>
internal static class ServedPods
{
    /// <summary>With a ready pod called web, of nginx unless told otherwise; the clock is paused.</summary>
    public static async Task<ServedCluster> WebAsync(Container? container = null)
    {
        var served = await ServedCluster.StartAsync(workers: 1);
        await served.On(c =>
        {
            c.Api.Create(new Pod
            {
                Metadata = new() { Name = "web", Namespace = "default" },
                Spec = new() { Containers = [container ?? new Container { Name = "web", Image = "nginx:1.27" }], RestartPolicy = "Never" },
            });
            c.RunUntil(x => x.Pods().All(p => p.Status.Phase == "Running"));
            c.RunFor(10);
        });
        return served;
    }

    public static async Task EventuallyAsync(Func<Task<bool>> condition)
    {
        for (var i = 0; i < 500 && !await condition(); i++)
        {
            await Task.Delay(20);
        }

        Assert.True(await condition());
    }
}
