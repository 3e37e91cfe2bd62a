using KubeLab.Api;

namespace KubeLab.ApiServer.Tables;

/// <summary>How the objects of one kind are printed: the columns, and the cells of one row.</summary>
/// <remarks>The server prints, as upstream (pkg/printers/internalversion), so every client shows the same words.</remarks>
public abstract class TablePrinter
{
    /// <summary>The columns, in order.</summary>
    public abstract IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>The cells of <paramref name="obj"/>, one for each column; ages are as of <paramref name="now"/>.</summary>
    public abstract IReadOnlyList<TableCell> Row(IApiObject obj, DateTimeOffset now);

    /// <summary>The printer of <paramref name="resource"/>; kinds without one of their own show name and time of creation.</summary>
    public static TablePrinter Of(ApiResource resource) => Own.GetValueOrDefault(resource.QualifiedName, Default);

    private static readonly DefaultTable Default = new();

    private static readonly Dictionary<string, TablePrinter> Own = new(StringComparer.Ordinal)
    {
        ["namespaces"] = new NamespaceTable(),
        ["nodes"] = new NodeTable(),
        ["pods"] = new PodTable(),
        ["services"] = new ServiceTable(),
        ["configmaps"] = new ConfigMapTable(),
        ["secrets"] = new SecretTable(),
        ["serviceaccounts"] = new ServiceAccountTable(),
        ["persistentvolumeclaims"] = new PersistentVolumeClaimTable(),
        ["resourcequotas"] = new ResourceQuotaTable(),
        ["persistentvolumes"] = new PersistentVolumeTable(),
        ["poddisruptionbudgets.policy"] = new PodDisruptionBudgetTable(),
        ["horizontalpodautoscalers.autoscaling"] = new HorizontalPodAutoscalerTable(),
        ["storageclasses.storage.k8s.io"] = new StorageClassTable(),
        ["priorityclasses.scheduling.k8s.io"] = new PriorityClassTable(),
        ["events"] = new EventTable(),
        ["componentstatuses"] = new ComponentStatusTable(),
        ["nodes.metrics.k8s.io"] = new NodeMetricsTable(),
        ["pods.metrics.k8s.io"] = new PodMetricsTable(),
        ["deployments.apps"] = new DeploymentTable(),
        ["replicasets.apps"] = new ReplicaSetTable(),
        ["statefulsets.apps"] = new StatefulSetTable(),
        ["daemonsets.apps"] = new DaemonSetTable(),
        ["controllerrevisions.apps"] = new ControllerRevisionTable(),
        ["jobs.batch"] = new JobTable(),
        ["cronjobs.batch"] = new CronJobTable(),
        ["leases.coordination.k8s.io"] = new LeaseTable(),
        ["endpoints"] = new EndpointsTable(),
        ["endpointslices.discovery.k8s.io"] = new EndpointSliceTable(),
        ["replicationcontrollers"] = new ReplicationControllerTable(),
        ["podtemplates"] = new PodTemplateTable(),
        ["ingresses.networking.k8s.io"] = new IngressTable(),
        ["ingressclasses.networking.k8s.io"] = new IngressClassTable(),
        ["networkpolicies.networking.k8s.io"] = new NetworkPolicyTable(),
        ["rolebindings.rbac.authorization.k8s.io"] = new RoleBindingTable(),
        ["clusterrolebindings.rbac.authorization.k8s.io"] = new ClusterRoleBindingTable(),
        ["runtimeclasses.node.k8s.io"] = new RuntimeClassTable(),
        ["csidrivers.storage.k8s.io"] = new CSIDriverTable(),
        ["csinodes.storage.k8s.io"] = new CSINodeTable(),
        ["volumeattachments.storage.k8s.io"] = new VolumeAttachmentTable(),
    };
}

/// <summary>A printer of one record type.</summary>
/// <typeparam name="T">The record.</typeparam>
public abstract class TablePrinter<T> : TablePrinter
    where T : class, IApiObject
{
    /// <summary>What is shown where there is nothing.</summary>
    protected const string None = "<none>";

    /// <inheritdoc/>
    public sealed override IReadOnlyList<TableCell> Row(IApiObject obj, DateTimeOffset now) => Row((T)obj, now);

    /// <inheritdoc cref="TablePrinter.Row(IApiObject, DateTimeOffset)"/>
    protected abstract IReadOnlyList<TableCell> Row(T obj, DateTimeOffset now);

    private protected static string Name(T obj) => obj.Metadata.Name ?? "";

    private protected static string Age(T obj, DateTimeOffset now) => HumanDuration.Since(obj.Metadata.CreationTimestamp, now);

    private protected static string OrNone(string? text) => string.IsNullOrEmpty(text) ? None : text;
}
