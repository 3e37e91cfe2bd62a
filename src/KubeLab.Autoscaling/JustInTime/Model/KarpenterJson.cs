using System.Text.Json.Serialization;
using KubeLab.Api;

namespace KubeLab.Autoscaling.JustInTime.Model;

/// <summary>How the parts of Karpenter's objects are read and written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NodePoolSpec))]
[JsonSerializable(typeof(NodePoolStatus))]
[JsonSerializable(typeof(NodeClaimSpec))]
[JsonSerializable(typeof(NodeClaimStatus))]
[JsonSerializable(typeof(NodeClassSpec))]
[JsonSerializable(typeof(HashedTemplate))]
[JsonSerializable(typeof(Dictionary<string, Quantity>))]
internal sealed partial class KarpenterJson : JsonSerializerContext;
