using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Client.Recording;
using KubeLab.Controllers.CloudServices;
using KubeLab.Simulation;

namespace KubeLab.Controllers.CloudNodes;

/// <summary>The process that keeps the cluster in step with the cloud below it.</summary>
/// <remarks>Each start is a new process: it remembers nothing and learns everything from the API server.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/architecture/cloud-controller/">Cloud Controller Manager</seealso>
/// <param name="connect">Connects as a user, given its name.</param>
/// <param name="clock">The clock its work runs on.</param>
/// <param name="chance">Names its events.</param>
/// <param name="cloud">The cloud's machines.</param>
/// <param name="balancers">The cloud's load balancers; null when it has none, and services wait for one in vain.</param>
public sealed class CloudControllerManager(
    Func<string, IKubernetesApi> connect, VirtualClock clock, Randomness chance, ICloudInstances cloud, ICloudBalancers? balancers = null)
{
    /// <summary>The user as which it speaks to the API server.</summary>
    public const string User = "system:cloud-controller-manager";

    private readonly List<IManagedController> controllers = [];
    private InformerFactory? informers;

    /// <summary>Whether it runs.</summary>
    public bool IsRunning => informers is not null;

    /// <summary>Starts; does nothing when it runs already.</summary>
    public void Start()
    {
        if (informers is not null)
        {
            return;
        }

        var api = connect(User);
        informers = new InformerFactory(api, clock);
        controllers.Add(new CloudNodeController(api, clock, Recorder(api, "cloud-node-controller"), informers, cloud));
        controllers.Add(new CloudNodeLifecycleController(api, clock, Recorder(api, "cloud-node-lifecycle-controller"), informers, cloud));
        if (balancers is not null)
        {
            controllers.Add(new CloudServiceController(api, clock, Recorder(api, "service-controller"), informers, balancers));
        }

        controllers.ForEach(c => c.Start());
        informers.Start();
    }

    /// <summary>Stops at once, as a process that is killed; does nothing when it is stopped.</summary>
    public void Stop()
    {
        controllers.ForEach(c => c.Stop());
        controllers.Clear();
        informers?.Stop();
        informers = null;
    }

    private EventRecorder Recorder(IKubernetesApi api, string component) => new(api, clock, chance.For($"events/{component}"), component);
}
