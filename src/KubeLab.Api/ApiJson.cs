using System.Text.Json.Serialization;
using KubeLab.Api.Apiextensions;
using KubeLab.Api.Apps;
using KubeLab.Api.Autoscaling;
using KubeLab.Api.Batch;
using KubeLab.Api.Coordination;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Api.Policy;
using KubeLab.Api.Scheduling;
using KubeLab.Api.Storage;

namespace KubeLab.Api;

/// <summary>How objects are read from and written to JSON: camel case, nothing that is absent, no reflection.</summary>
/// <remarks>The element type of every <see cref="ValueList{T}"/> is named here; a test names any that is missing.</remarks>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(Quantity))]
[JsonSerializable(typeof(CustomObject))]
[JsonSerializable(typeof(Binding))]
[JsonSerializable(typeof(Condition))]
[JsonSerializable(typeof(ConfigMap))]
[JsonSerializable(typeof(Container))]
[JsonSerializable(typeof(ContainerImage))]
[JsonSerializable(typeof(ContainerPort))]
[JsonSerializable(typeof(ContainerStatus))]
[JsonSerializable(typeof(ControllerRevision))]
[JsonSerializable(typeof(CronJob))]
[JsonSerializable(typeof(CustomResourceColumnDefinition))]
[JsonSerializable(typeof(CustomResourceDefinition))]
[JsonSerializable(typeof(CustomResourceDefinitionVersion))]
[JsonSerializable(typeof(DaemonSet))]
[JsonSerializable(typeof(Deployment))]
[JsonSerializable(typeof(EnvVar))]
[JsonSerializable(typeof(Event))]
[JsonSerializable(typeof(Eviction))]
[JsonSerializable(typeof(HPAScalingPolicy))]
[JsonSerializable(typeof(HorizontalPodAutoscaler))]
[JsonSerializable(typeof(HostIP))]
[JsonSerializable(typeof(HttpHeader))]
[JsonSerializable(typeof(Job))]
[JsonSerializable(typeof(JobPodCondition))]
[JsonSerializable(typeof(JobPodFailureRule))]
[JsonSerializable(typeof(JobSuccessRule))]
[JsonSerializable(typeof(LabelSelectorRequirement))]
[JsonSerializable(typeof(Lease))]
[JsonSerializable(typeof(LimitRange))]
[JsonSerializable(typeof(LimitRangeItem))]
[JsonSerializable(typeof(LoadBalancerIngress))]
[JsonSerializable(typeof(LocalObjectReference))]
[JsonSerializable(typeof(ManagedFieldsEntry))]
[JsonSerializable(typeof(MetricSpec))]
[JsonSerializable(typeof(MetricStatus))]
[JsonSerializable(typeof(Namespace))]
[JsonSerializable(typeof(Node))]
[JsonSerializable(typeof(NodeAddress))]
[JsonSerializable(typeof(NodeSelectorRequirement))]
[JsonSerializable(typeof(NodeSelectorTerm))]
[JsonSerializable(typeof(ObjectMeta))]
[JsonSerializable(typeof(ObjectReference))]
[JsonSerializable(typeof(OpaqueObject))]
[JsonSerializable(typeof(OwnerReference))]
[JsonSerializable(typeof(PersistentVolume))]
[JsonSerializable(typeof(PersistentVolumeClaim))]
[JsonSerializable(typeof(Pod))]
[JsonSerializable(typeof(PodAffinityTerm))]
[JsonSerializable(typeof(PodDisruptionBudget))]
[JsonSerializable(typeof(PodIP))]
[JsonSerializable(typeof(PodReadinessGate))]
[JsonSerializable(typeof(PodSchedulingGate))]
[JsonSerializable(typeof(PreferredSchedulingTerm))]
[JsonSerializable(typeof(PriorityClass))]
[JsonSerializable(typeof(ReplicaSet))]
[JsonSerializable(typeof(ResourceQuota))]
[JsonSerializable(typeof(Scale))]
[JsonSerializable(typeof(Secret))]
[JsonSerializable(typeof(SelectableField))]
[JsonSerializable(typeof(Service))]
[JsonSerializable(typeof(ServiceAccount))]
[JsonSerializable(typeof(ServicePort))]
[JsonSerializable(typeof(StatefulSet))]
[JsonSerializable(typeof(Status))]
[JsonSerializable(typeof(StatusCause))]
[JsonSerializable(typeof(StorageClass))]
[JsonSerializable(typeof(Taint))]
[JsonSerializable(typeof(Toleration))]
[JsonSerializable(typeof(TopologySpreadConstraint))]
[JsonSerializable(typeof(Volume))]
[JsonSerializable(typeof(VolumeMount))]
[JsonSerializable(typeof(WeightedPodAffinityTerm))]
public sealed partial class ApiJson : JsonSerializerContext;
