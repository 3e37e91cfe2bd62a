using KubeLab.Simulated;

namespace KubeLab.Http.Tests.Kubectl;

/// <summary>A shop under load, and everything that may scale it.</summary>
internal static class AutoscaledShop
{
    private const string Shop = """
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec: {selector: {app: shop}, ports: [{port: 80, targetPort: 8080}]}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: shop}
        spec:
          replicas: 2
          selector: {matchLabels: {app: shop}}
          template:
            metadata: {labels: {app: shop}}
            spec:
              containers:
              - name: shop
                image: kubelab/server
                env: [{name: CPU_MS_PER_REQUEST, value: "10"}, {name: CPU_MILLIS, value: "0"}]
                resources: {requests: {cpu: 500m, memory: 128Mi}, limits: {cpu: "1"}}
        """;

    /// <summary>Installs it; six minutes later measures are known.</summary>
    public static void Open(SimulatedCluster cluster)
    {
        cluster.InstallVerticalPodAutoscaler();
        cluster.AddJustInTimePool(new JustInTimePool("flex"));
        cluster.AddMetricsAdapter();
        cluster.AddExternalMetric("queue_length", _ => 42, ("queue", "orders"));
        cluster.Apply(Shop);
        cluster.RunFor(60);
        cluster.Load("shop", 60);
        cluster.RunFor(5 * 60);
    }
}
