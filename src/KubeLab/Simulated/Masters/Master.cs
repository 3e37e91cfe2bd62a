using KubeLab.ApiServer;
using KubeLab.ApiServer.Registry;
using KubeLab.Client.LeaderElection;
using KubeLab.Controllers;
using KubeLab.Controllers.CloudNodes;
using KubeLab.Scheduling;
using KubeLab.Simulation;
using Server = KubeLab.ApiServer.ApiServer;

namespace KubeLab.Simulated.Masters;

/// <summary>One machine of the control plane with its components, each of which runs as long as the container of its static pod does.</summary>
/// <remarks>Scheduler and managers speak to the API server of their own machine, as kubeadm sets them up.</remarks>
internal sealed class Master
{
    private readonly ControlPlane plane;
    private readonly StoreMember member;
    private bool hasPower = true;

    public Master(string name, string address, ControlPlane plane, VirtualClock clock, Randomness chance)
    {
        Name = name;
        this.plane = plane;
        member = plane.Store.Of(name);
        member.FellBehind = () => clock.After(TimeSpan.Zero, () =>
        {
            if (Server!.IsUp)
            {
                Server.Stop();
                Server.Start();
            }
        });
        Server = new Server(clock, chance.For("apiserver"), plane.StoreOf(name), new ApiServerOptions
        {
            StartsAtOnce = false,
            ServiceAccounts = true,
            AdvertisedAddress = address,
            Host = name,
            Metrics = () => plane.Metrics,
            Adapter = () => plane.Adapter,
            Webhooks = () => plane.Webhooks(),
            Kubelets = node => plane.Network.Reaches(name, node) ? plane.KubeletOf(node)?.Server : null,
            Components = () =>
            [
                ComponentHealth.OnPort("controller-manager", 10257, ManagerProcess!.IsRunning),
                ComponentHealth.OnPort("scheduler", 10259, SchedulerProcess!.IsRunning),
            ],
        });
        var scheduling = Server.ConnectAs("system:kube-scheduler");
        Scheduler = new Scheduler(scheduling, clock, chance.For("scheduler"));
        SchedulerProcess = new ElectedProcess(
            ComponentNames.Scheduler, name, "default-scheduler", scheduling, clock, chance.For("scheduler/election"), LeaderElectionOptions.Default with { ReleaseOnCancel = true })
        {
            Work = Scheduler.Start,
            Rest = Scheduler.Stop,
            Exit = () => Exit(ComponentNames.Scheduler),
        };
        Controllers = new ControllerManager(user => Server.ConnectAs(user), clock, chance.For("controller-manager"), plane.ManagerOptions);
        ManagerProcess = new ElectedProcess(
            ComponentNames.ControllerManager, name, ComponentNames.ControllerManager, Server.ConnectAs(ControllerManager.User), clock, chance.For("controller-manager/election"), LeaderElectionOptions.Default)
        {
            Work = Controllers.Start,
            Rest = Controllers.Stop,
            Exit = () => Exit(ComponentNames.ControllerManager),
        };
        Cloud = new CloudControllerManager(user => Server.ConnectAs(user), clock, chance.For("cloud-controller-manager"), plane.Instances, plane.LoadBalancers);
        CloudProcess = new ElectedProcess(
            ComponentNames.CloudControllerManager, name, ComponentNames.CloudControllerManager, Server.ConnectAs(CloudControllerManager.User), clock, chance.For("cloud-controller-manager/election"), LeaderElectionOptions.Default)
        {
            Work = Cloud.Start,
            Rest = Cloud.Stop,
            Exit = () => Exit(ComponentNames.CloudControllerManager),
        };
    }

    /// <summary>The machine's name.</summary>
    public string Name { get; }

    public Server Server { get; }

    public Scheduler Scheduler { get; }

    public ControllerManager Controllers { get; }

    public CloudControllerManager Cloud { get; }

    public ElectedProcess SchedulerProcess { get; }

    public ElectedProcess ManagerProcess { get; }

    public ElectedProcess CloudProcess { get; }

    /// <summary>Its member of the store.</summary>
    public StoreMember Member => member;

    /// <summary>Whether the machine has power.</summary>
    public bool HasPower => hasPower;

    /// <summary>Called when a component exits by itself and there is no kubelet to start it again.</summary>
    public Action<string>? Exited { get; set; }

    /// <summary>The machine lost power: what ends now ends without a word.</summary>
    public void LosePower()
    {
        hasPower = false;
        ComponentNames.Pods.ToList().ForEach(Stop);
    }

    /// <summary>The machine is back.</summary>
    public void GainPower() => hasPower = true;

    /// <summary>The container of a component's pod runs, or has ended.</summary>
    public void OnComponent(string component, bool runs)
    {
        if (runs)
        {
            Start(component);
        }
        else
        {
            Stop(component);
        }
    }

    private void Start(string component)
    {
        switch (component)
        {
            case ComponentNames.Etcd:
                plane.Store.Start(Name);
                break;
            case ComponentNames.ApiServer:
                Server.Start();
                break;
            case ComponentNames.Scheduler:
                SchedulerProcess.Start();
                break;
            case ComponentNames.ControllerManager:
                ManagerProcess.Start();
                break;
            case ComponentNames.CloudControllerManager:
                CloudProcess.Start();
                break;
            default:
                break;
        }
    }

    private void Stop(string component)
    {
        switch (component)
        {
            case ComponentNames.Etcd:
                plane.Store.Stop(Name, isKilled: !hasPower);
                break;
            case ComponentNames.ApiServer when hasPower:
                Server.Shutdown();
                break;
            case ComponentNames.ApiServer:
                Server.Stop();
                break;
            case ComponentNames.Scheduler:
                SchedulerProcess.Stop(isKilled: !hasPower);
                break;
            case ComponentNames.ControllerManager:
                ManagerProcess.Stop(isKilled: !hasPower);
                break;
            case ComponentNames.CloudControllerManager:
                CloudProcess.Stop(isKilled: !hasPower);
                break;
            default:
                break;
        }
    }

    private void Exit(string component)
    {
        if (plane.KubeletOf(Name) is { } kubelet)
        {
            kubelet.ExitComponent(component, 1);
        }
        else
        {
            Exited?.Invoke(component);
        }
    }
}
