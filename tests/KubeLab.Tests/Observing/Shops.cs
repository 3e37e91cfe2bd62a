using KubeLab.Simulated;

namespace KubeLab.Tests.Observing;

/// <summary>A small cluster with a shop that takes requests.</summary>
internal static class Shops
{
    // Half a core serves 50 requests a second at ten milliseconds of CPU each.
    public static SimulatedCluster Open(SimulationOptions? options = null, int workers = 2, string image = "kubelab/server", string cpu = "500m", int replicas = 2)
    {
        var cluster = Lab.Simulate(options);
        try
        {
            Build(cluster, workers, image, cpu, replicas);
            return cluster;
        }
        catch
        {
            cluster.Dispose();
            throw;
        }
    }

    /// <summary>The same on a cluster that is still empty.</summary>
    public static void Build(SimulatedCluster cluster, int workers = 2, string image = "kubelab/server", string cpu = "500m", int replicas = 2)
    {
        cluster.AddMasters(1);
        cluster.AddNodePool("workers", "e2-standard-2", workers);
        Apply(cluster, image, cpu, replicas);
        cluster.RunUntil(c => c.Deployment("shop").Ready == replicas, TimeSpan.FromMinutes(5));
    }

    private static void Apply(SimulatedCluster cluster, string image, string cpu, int replicas) => cluster.Apply($$$"""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: shop}
        spec:
          replicas: {{{replicas}}}
          selector: {matchLabels: {app: shop}}
          template:
            metadata: {labels: {app: shop}}
            spec:
              containers:
              - name: shop
                image: {{{image}}}
                env: [{name: CPU_MS_PER_REQUEST, value: "10"}, {name: CPU_MILLIS, value: "0"}, {name: LATENCY_MS_PER_REQUEST, value: "20"}]
                resources:
                  requests: {cpu: "{{{cpu}}}"}
                  limits: {cpu: "{{{cpu}}}"}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec: {selector: {app: shop}, ports: [{port: 80, targetPort: 8080}]}
        """);
}
