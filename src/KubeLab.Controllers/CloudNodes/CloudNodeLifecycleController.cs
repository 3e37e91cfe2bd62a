using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Client.Recording;
using KubeLab.Simulation;

namespace KubeLab.Controllers.CloudNodes;

/// <summary>Deletes the nodes of machines that the cloud no longer has, and marks those of machines that are shut down.</summary>
/// <remarks>It asks the cloud only about nodes that are not ready. Upstream: cloud-provider/controllers/nodelifecycle.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/architecture/cloud-controller/#node-controller">Node controller</seealso>
internal sealed class CloudNodeLifecycleController(
    IKubernetesApi api, VirtualClock clock, EventRecorder events, InformerFactory informers, ICloudInstances cloud) : IManagedController
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);
    private readonly Informer<Node> nodes = informers.For<Node>();
    private Repeating? round;

    public string Name => "cloud-node-lifecycle-controller";

    public void Start() => round = clock.Every(Period, Look);

    public void Stop() => round?.Cancel();

    private void Look()
    {
        List<Node>? concerned = null;
        foreach (var node in nodes.Objects)
        {
            if (CloudNodeVerdict.IsSuspect(node))
            {
                (concerned ??= []).Add(node);
            }
        }

        foreach (var node in concerned ?? [])
        {
            try
            {
                Do(node, CloudNodeVerdict.Of(node, cloud.Exists, cloud.IsShutdown));
            }
            catch (ApiException)
            {
                // It changed or went meanwhile, or nobody answers: the next round comes soon.
            }
        }
    }

    private void Do(Node node, CloudNodeAction action)
    {
        switch (action)
        {
            case CloudNodeAction.Delete:
                events.Normal(node, "DeletingNode", $"Deleting node {node.Metadata.Name} because it does not exist in the cloud provider");
                api.Delete<Node>("", node.Metadata.Name!);
                break;
            case CloudNodeAction.MarkShutdown:
                Write(node, node.Spec.Taints.Add(new Taint { Key = CloudNodeVerdict.Shutdown, Effect = "NoSchedule" }));
                break;
            case CloudNodeAction.UnmarkShutdown:
                Write(node, node.Spec.Taints.Where(t => t.Key != CloudNodeVerdict.Shutdown));
                break;
            default:
                break;
        }
    }

    private void Write(Node node, ValueList<Taint> taints) => api.Update(node with { Spec = node.Spec with { Taints = taints } });
}
