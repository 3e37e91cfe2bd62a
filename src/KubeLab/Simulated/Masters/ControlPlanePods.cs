using System.Text.Json;
using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Nodes;

namespace KubeLab.Simulated.Masters;

/// <summary>The manifests that kubeadm puts on each master: the control plane's components are pods too, which the master's kubelet starts without asking anybody.</summary>
/// <remarks>A component's process lives as long as its pod's container runs: see <see cref="Master"/>.</remarks>
/// <seealso href="https://kubernetes.io/docs/reference/setup-tools/kubeadm/implementation-details/#generate-static-pod-manifests-for-control-plane-components">
/// kubeadm: static Pod manifests
/// </seealso>
internal static class ControlPlanePods
{
    /// <summary>The version of etcd that Kubernetes 1.33 ships with.</summary>
    private const string EtcdImage = "registry.k8s.io/etcd:3.5.21-0";

    private const string Certificates = "/etc/kubernetes/pki";

    /// <summary>The images that kubeadm has pulled before it writes the manifests.</summary>
    public static ValueList<string> Images(string version) =>
    [
        EtcdImage,
        Image(ComponentNames.ApiServer, version),
        Image(ComponentNames.ControllerManager, version),
        Image(ComponentNames.Scheduler, version),
        Image(ComponentNames.CloudControllerManager, version),
    ];

    /// <summary>The file that holds the manifest of <paramref name="component"/>.</summary>
    public static string FileOf(string component) => $"{component}.yaml";

    /// <summary>Puts the manifests onto a master.</summary>
    public static void Put(Kubelet kubelet)
    {
        foreach (var component in ComponentNames.Pods)
        {
            Put(kubelet, component);
        }
    }

    /// <summary>Puts the manifest of one component onto a master.</summary>
    public static void Put(Kubelet kubelet, string component) =>
        kubelet.Manifests.Put(FileOf(component), PodOf(component, kubelet.Config.Name, kubelet.Config.InternalIP, kubelet.Config.KubeletVersion));

    private static Pod PodOf(string component, string node, string ip, string version) => component switch
    {
        ComponentNames.Etcd => Component(component, EtcdImage, "100m", "100Mi", Etcd(node, ip), ("etcd-certs", $"{Certificates}/etcd"), ("etcd-data", "/var/lib/etcd"))
            .Annotated("kubeadm.kubernetes.io/etcd.advertise-client-urls", $"https://{ip}:2379"),
        ComponentNames.ApiServer => Component(component, Image(component, version), "250m", null, ApiServer(ip), ("k8s-certs", Certificates))
            .Annotated("kubeadm.kubernetes.io/kube-apiserver.advertise-address.endpoint", $"{ip}:6443"),
        ComponentNames.ControllerManager => Component(
            component, Image(component, version), "200m", null, Manager(), ("k8s-certs", Certificates), ("kubeconfig", "/etc/kubernetes/controller-manager.conf")),
        ComponentNames.Scheduler => Component(component, Image(component, version), "100m", null, Scheduler(), ("kubeconfig", "/etc/kubernetes/scheduler.conf")),
        _ => Component(component, Image(component, version), "100m", null, CloudManager(), ("kubeconfig", "/etc/kubernetes/cloud-controller-manager.conf")),
    };

    private static string Image(string component, string version) => $"registry.k8s.io/{component}:{version}";

    private static Pod Component(string name, string image, string cpu, string? memory, ValueList<string> command, params ReadOnlySpan<(string Name, string Path)> folders)
    {
        var (volumes, mounts) = (new List<Volume>(), new List<VolumeMount>());
        foreach (var (volume, path) in folders)
        {
            var isFile = path.EndsWith(".conf", StringComparison.Ordinal);
            volumes.Add(new Volume { Name = volume, HostPath = new HostPathVolumeSource { Path = path, Type = isFile ? "FileOrCreate" : "DirectoryOrCreate" } });
            mounts.Add(new VolumeMount { Name = volume, MountPath = path, ReadOnly = volume != "etcd-data" && !volume.StartsWith("etcd", StringComparison.Ordinal) });
        }

        var requests = ResourceList.Of(("cpu", Quantity.Parse(cpu)));
        return new Pod
        {
            Metadata = new() { Name = name, Namespace = "kube-system", Labels = StringMap.Of(("component", name), ("tier", "control-plane")) },
            Spec = new PodSpec
            {
                Containers =
                [
                    new Container
                    {
                        Name = name,
                        Image = image,
                        ImagePullPolicy = "IfNotPresent",
                        Command = command,
                        Resources = new() { Requests = memory is null ? requests : requests.With("memory", Quantity.Parse(memory)) },
                        VolumeMounts = mounts.ToValueList(),
                    },
                ],
                HostNetwork = true,
                Priority = 2_000_001_000,
                PriorityClassName = "system-node-critical",
                SecurityContext = new OpaqueObject().With("seccompProfile", JsonElement.Parse("""{"type": "RuntimeDefault"}""")),
                Volumes = volumes.ToValueList(),
            },
        };
    }

    private static Pod Annotated(this Pod pod, string key, string value) => pod with { Metadata = pod.Metadata with { Annotations = pod.Metadata.Annotations.With(key, value) } };

    private static ValueList<string> Etcd(string node, string ip) =>
    [
        "etcd",
        $"--advertise-client-urls=https://{ip}:2379",
        "--data-dir=/var/lib/etcd",
        $"--initial-advertise-peer-urls=https://{ip}:2380",
        $"--listen-client-urls=https://127.0.0.1:2379,https://{ip}:2379",
        $"--listen-peer-urls=https://{ip}:2380",
        $"--name={node}",
    ];

    private static ValueList<string> ApiServer(string ip) =>
    [
        "kube-apiserver",
        $"--advertise-address={ip}",
        "--authorization-mode=Node,RBAC",
        $"--client-ca-file={Certificates}/ca.crt",
        "--enable-admission-plugins=NodeRestriction",
        "--etcd-servers=https://127.0.0.1:2379",
        "--secure-port=6443",
        "--service-cluster-ip-range=10.96.0.0/12",
    ];

    private static ValueList<string> Manager() =>
    [
        "kube-controller-manager",
        "--allocate-node-cidrs=true",
        "--bind-address=127.0.0.1",
        "--kubeconfig=/etc/kubernetes/controller-manager.conf",
        "--leader-elect=true",
        "--use-service-account-credentials=true",
    ];

    private static ValueList<string> CloudManager() =>
    [
        "cloud-controller-manager",
        "--bind-address=127.0.0.1",
        "--kubeconfig=/etc/kubernetes/cloud-controller-manager.conf",
        "--leader-elect=true",
    ];

    private static ValueList<string> Scheduler() =>
    [
        "kube-scheduler",
        "--bind-address=127.0.0.1",
        "--kubeconfig=/etc/kubernetes/scheduler.conf",
        "--leader-elect=true",
    ];
}
