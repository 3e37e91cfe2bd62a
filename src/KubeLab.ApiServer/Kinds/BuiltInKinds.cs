using KubeLab.ApiServer.Defaulting;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Kinds;

/// <summary>The kinds that every server knows.</summary>
public static class BuiltInKinds
{
    /// <summary>A strategy for each of them, in the order of discovery.</summary>
    public static IReadOnlyList<KindStrategy> All() =>
    [
        new NamespaceStrategy(),
        new NodeStrategy(),
        new PodStrategy(new PodSpecDefaults()),
        new ServiceStrategy(),
        new ConfigMapStrategy(),
        new SecretStrategy(),
        new ServiceAccountStrategy(),
        new PersistentVolumeClaimStrategy(),
        new EventStrategy(),
        new EventV1Strategy(),
        new ComponentStatusStrategy(),
        new NodeMetricsStrategy(),
        new PodMetricsStrategy(),
        new DeploymentStrategy(),
        new ReplicaSetStrategy(),
        new StatefulSetStrategy(),
        new DaemonSetStrategy(),
        new ControllerRevisionStrategy(),
        new JobStrategy(),
        new CronJobStrategy(),
        new PodDisruptionBudgetStrategy(),
        new HorizontalPodAutoscalerStrategy(),
        new HorizontalPodAutoscalerV1Strategy(),
        new ResourceQuotaStrategy(),
        new LimitRangeStrategy(),
        new PersistentVolumeStrategy(),
        new StorageClassStrategy(),
        new PriorityClassStrategy(),
        new LeaseStrategy(),
        new CustomResourceDefinitionStrategy(),
        new EndpointsStrategy(),
        new EndpointSliceStrategy(),
        new ReplicationControllerStrategy(),
        new PodTemplateStrategy(),
        new IngressStrategy(),
        new IngressClassStrategy(),
        new NetworkPolicyStrategy(),
        new RoleStrategy(),
        new RoleBindingStrategy(),
        new ClusterRoleStrategy(),
        new ClusterRoleBindingStrategy(),
        new RuntimeClassStrategy(),
        new CSIDriverStrategy(),
        new CSINodeStrategy(),
        new VolumeAttachmentStrategy(),
        new SelfSubjectAccessReviewStrategy(),
        new SubjectAccessReviewStrategy(),
        new LocalSubjectAccessReviewStrategy(),
        new SelfSubjectRulesReviewStrategy(),
        new SelfSubjectReviewStrategy(),
        new TokenReviewStrategy(),
    ];
}
