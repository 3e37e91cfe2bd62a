using System.Text.Json.Serialization;
using KubeLab.Api.Apiextensions;
using KubeLab.Api.Apps;
using KubeLab.Api.Authentication;
using KubeLab.Api.Authorization;
using KubeLab.Api.Autoscaling;
using KubeLab.Api.Batch;
using KubeLab.Api.Coordination;
using KubeLab.Api.Core;
using KubeLab.Api.Discovery;
using KubeLab.Api.Events;
using KubeLab.Api.Meta;
using KubeLab.Api.Metrics;
using KubeLab.Api.Networking;
using KubeLab.Api.Nodes;
using KubeLab.Api.Policy;
using KubeLab.Api.Rbac;
using KubeLab.Api.Scheduling;
using KubeLab.Api.Storage;

namespace KubeLab.Api;

/// <summary>How objects are read from and written to JSON: camel case, nothing that is absent, no reflection.</summary>
/// <remarks>The element type of every <see cref="ValueList{T}"/> is named here; a test names any that is missing.</remarks>
[JsonSourceGenerationOptions(
    MaxDepth = DepthMax,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(Quantity))]
[JsonSerializable(typeof(CustomObject))]
[JsonSerializable(typeof(AggregationRule))]
[JsonSerializable(typeof(Binding))]
[JsonSerializable(typeof(CSIDriver))]
[JsonSerializable(typeof(CSINode))]
[JsonSerializable(typeof(CSINodeDriver))]
[JsonSerializable(typeof(ClusterRole))]
[JsonSerializable(typeof(ClusterRoleBinding))]
[JsonSerializable(typeof(ComponentCondition))]
[JsonSerializable(typeof(ComponentStatus))]
[JsonSerializable(typeof(Condition))]
[JsonSerializable(typeof(ConfigMap))]
[JsonSerializable(typeof(Container))]
[JsonSerializable(typeof(ContainerImage))]
[JsonSerializable(typeof(ContainerMetrics))]
[JsonSerializable(typeof(ContainerPort))]
[JsonSerializable(typeof(ContainerStatus))]
[JsonSerializable(typeof(ControllerRevision))]
[JsonSerializable(typeof(CronJob))]
[JsonSerializable(typeof(CustomResourceColumnDefinition))]
[JsonSerializable(typeof(CustomResourceDefinition))]
[JsonSerializable(typeof(CustomResourceDefinitionVersion))]
[JsonSerializable(typeof(DaemonSet))]
[JsonSerializable(typeof(Deployment))]
[JsonSerializable(typeof(Endpoint))]
[JsonSerializable(typeof(EndpointAddress))]
[JsonSerializable(typeof(EndpointPort))]
[JsonSerializable(typeof(EndpointSlice))]
[JsonSerializable(typeof(EndpointSubset))]
[JsonSerializable(typeof(Endpoints))]
[JsonSerializable(typeof(EndpointsPort))]
[JsonSerializable(typeof(EnvVar))]
[JsonSerializable(typeof(Event))]
[JsonSerializable(typeof(EventV1))]
[JsonSerializable(typeof(Eviction))]
[JsonSerializable(typeof(HPAScalingPolicy))]
[JsonSerializable(typeof(HTTPIngressPath))]
[JsonSerializable(typeof(HorizontalPodAutoscaler))]
[JsonSerializable(typeof(HorizontalPodAutoscalerV1))]
[JsonSerializable(typeof(HostIP))]
[JsonSerializable(typeof(HttpHeader))]
[JsonSerializable(typeof(Ingress))]
[JsonSerializable(typeof(IngressClass))]
[JsonSerializable(typeof(IngressLoadBalancerIngress))]
[JsonSerializable(typeof(IngressRule))]
[JsonSerializable(typeof(IngressTLS))]
[JsonSerializable(typeof(Job))]
[JsonSerializable(typeof(JobPodCondition))]
[JsonSerializable(typeof(JobPodFailureRule))]
[JsonSerializable(typeof(JobSuccessRule))]
[JsonSerializable(typeof(LabelSelector))]
[JsonSerializable(typeof(LabelSelectorRequirement))]
[JsonSerializable(typeof(Lease))]
[JsonSerializable(typeof(LimitRange))]
[JsonSerializable(typeof(LimitRangeItem))]
[JsonSerializable(typeof(LoadBalancerIngress))]
[JsonSerializable(typeof(LocalObjectReference))]
[JsonSerializable(typeof(LocalSubjectAccessReview))]
[JsonSerializable(typeof(ManagedFieldsEntry))]
[JsonSerializable(typeof(MetricSpec))]
[JsonSerializable(typeof(MetricStatus))]
[JsonSerializable(typeof(Namespace))]
[JsonSerializable(typeof(NetworkPolicy))]
[JsonSerializable(typeof(NetworkPolicyEgressRule))]
[JsonSerializable(typeof(NetworkPolicyIngressRule))]
[JsonSerializable(typeof(NetworkPolicyPeer))]
[JsonSerializable(typeof(NetworkPolicyPort))]
[JsonSerializable(typeof(Node))]
[JsonSerializable(typeof(NodeMetrics))]
[JsonSerializable(typeof(NodeAddress))]
[JsonSerializable(typeof(NodeSelectorRequirement))]
[JsonSerializable(typeof(NodeSelectorTerm))]
[JsonSerializable(typeof(NonResourceRule))]
[JsonSerializable(typeof(ObjectMeta))]
[JsonSerializable(typeof(ObjectReference))]
[JsonSerializable(typeof(OpaqueObject))]
[JsonSerializable(typeof(OwnerReference))]
[JsonSerializable(typeof(PersistentVolume))]
[JsonSerializable(typeof(PersistentVolumeClaim))]
[JsonSerializable(typeof(Pod))]
[JsonSerializable(typeof(PodMetrics))]
[JsonSerializable(typeof(PodAffinityTerm))]
[JsonSerializable(typeof(PodDisruptionBudget))]
[JsonSerializable(typeof(PodIP))]
[JsonSerializable(typeof(PodReadinessGate))]
[JsonSerializable(typeof(PodSchedulingGate))]
[JsonSerializable(typeof(PodTemplate))]
[JsonSerializable(typeof(PolicyRule))]
[JsonSerializable(typeof(PreferredSchedulingTerm))]
[JsonSerializable(typeof(PriorityClass))]
[JsonSerializable(typeof(ReplicaSet))]
[JsonSerializable(typeof(ReplicationController))]
[JsonSerializable(typeof(ResourceQuota))]
[JsonSerializable(typeof(ResourceRule))]
[JsonSerializable(typeof(Role))]
[JsonSerializable(typeof(RoleBinding))]
[JsonSerializable(typeof(RoleRef))]
[JsonSerializable(typeof(RuntimeClass))]
[JsonSerializable(typeof(Scale))]
[JsonSerializable(typeof(Secret))]
[JsonSerializable(typeof(SelectableField))]
[JsonSerializable(typeof(SelfSubjectAccessReview))]
[JsonSerializable(typeof(SelfSubjectReview))]
[JsonSerializable(typeof(SelfSubjectRulesReview))]
[JsonSerializable(typeof(Service))]
[JsonSerializable(typeof(ServiceAccount))]
[JsonSerializable(typeof(ServicePort))]
[JsonSerializable(typeof(StatefulSet))]
[JsonSerializable(typeof(Status))]
[JsonSerializable(typeof(StatusCause))]
[JsonSerializable(typeof(StorageClass))]
[JsonSerializable(typeof(Subject))]
[JsonSerializable(typeof(SubjectAccessReview))]
[JsonSerializable(typeof(Taint))]
[JsonSerializable(typeof(TokenRequest))]
[JsonSerializable(typeof(TokenRequestWish))]
[JsonSerializable(typeof(TokenReview))]
[JsonSerializable(typeof(Toleration))]
[JsonSerializable(typeof(TopologySpreadConstraint))]
[JsonSerializable(typeof(UserInfo))]
[JsonSerializable(typeof(Volume))]
[JsonSerializable(typeof(VolumeAttachment))]
[JsonSerializable(typeof(VolumeMount))]
[JsonSerializable(typeof(WeightedPodAffinityTerm))]
public sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>The deepest nesting that is read and written: what clients may send, with room for what the server puts around it.</summary>
    public const int DepthMax = 900;
}
