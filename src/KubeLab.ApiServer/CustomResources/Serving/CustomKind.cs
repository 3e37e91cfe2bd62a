using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using KubeLab.Api;
using KubeLab.Api.Apiextensions;
using KubeLab.Api.Autoscaling;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;
using KubeLab.ApiServer.CustomResources.Checking;
using KubeLab.ApiServer.CustomResources.Schemas;
using KubeLab.ApiServer.Registry;
using KubeLab.ApiServer.Tables;

namespace KubeLab.ApiServer.CustomResources.Serving;

/// <summary>How the objects of one version of a user's own kind are stored and served, as its definition says.</summary>
/// <remarks>Upstream: apiextensions-apiserver/pkg/registry/customresource.</remarks>
internal sealed class CustomKind : KindStrategy
{
    // What a version shows of a stored object is worked out once for each stored object.
    private readonly ConditionalWeakTable<IApiObject, IApiObject> shown = [];
    private readonly CustomResourceDefinitionVersion version;
    private readonly CustomObjectCheck check;
    private readonly string storageVersion;

    public CustomKind(CustomResourceDefinition definition, CustomResourceDefinitionVersion version)
    {
        this.version = version;
        var spec = definition.Spec;
        storageVersion = $"{spec.Group}/{spec.Versions.Find(v => v.Storage)!.Name}";
        Resource = CustomResources.Serving.CustomResource.Of(definition, version);
        Schema = SchemaReader.Read(version.Schema!.OpenApiV3Schema)!;
        Table = new CustomTable(version.AdditionalPrinterColumns);
        DeprecationWarning = DeprecationText.Of(spec, version);
        check = new CustomObjectCheck(Schema, Scale);
    }

    public override ApiResource Resource { get; }

    public override Type RecordType => typeof(CustomObject);

    public override bool HasGeneration => true;

    public override bool AllowsUnconditionalUpdate => false;

    public override TablePrinter Table { get; }

    public override string? DeprecationWarning { get; }

    /// <summary>Whether its definition is being deleted: then nothing new is made.</summary>
    public bool IsTerminating { get; set; }

    internal override StructuralSchema Schema { get; }

    private CustomResourceSubresourceScale? Scale => version.Subresources?.Scale;

    private bool HasStatus => version.Subresources?.Status is not null;

    public override IApiObject Empty(ObjectMeta metadata) => new CustomObject(Resource.ApiVersion, Resource.Kind, metadata, null);

    public override IApiObject FromStore(IApiObject stored)
    {
        if (!shown.TryGetValue(stored, out var made))
        {
            made = Shown((CustomObject)stored);
            shown.AddOrUpdate(stored, made);
        }

        return made;
    }

    // Only the apiVersion differs: the converter is None.
    public override IApiObject ToStore(IApiObject obj) => In(storageVersion, (CustomObject)obj);

    public override IApiObject Default(IApiObject obj)
    {
        var custom = (CustomObject)obj;
        var root = CustomJson.Of(custom);
        SchemaDefaults.Fill(root, Schema);
        var filled = CustomJson.WithFields(custom, root);
        return filled.Equals(custom) ? custom : filled;
    }

    public override IApiObject PrepareForCreate(IApiObject obj)
    {
        if (IsTerminating)
        {
            throw new ApiException(new()
            {
                State = "Failure",
                Code = 405,
                Reason = "MethodNotAllowed",
                Message = "create not allowed while custom resource definition is terminating",
                Details = new() { Group = Resource.Group, Kind = Resource.Plural },
            });
        }

        return HasStatus ? ((CustomObject)obj).WithField("status", null) : obj;
    }

    public override IApiObject PrepareForUpdate(IApiObject obj, IApiObject old) =>
        HasStatus ? ((CustomObject)obj).WithField("status", ((CustomObject)old).Overflow?["status"]) : obj;

    public override IApiObject PrepareForStatusUpdate(IApiObject obj, IApiObject old)
    {
        var metadata = old.Metadata with { ManagedFields = obj.Metadata.ManagedFields };
        return ((CustomObject)old with { Metadata = metadata }).WithField("status", ((CustomObject)obj).Overflow?["status"]);
    }

    public override void Validate(IApiObject obj, FieldErrors errors) => check.Whole((CustomObject)obj, null, errors);

    public override void ValidateUpdate(IApiObject obj, IApiObject old, FieldErrors errors) => check.Whole((CustomObject)obj, (CustomObject)old, errors);

    public override void ValidateStatusUpdate(IApiObject obj, IApiObject old, FieldErrors errors) => check.Status((CustomObject)obj, (CustomObject)old, errors);

    public override bool SpecChanged(IApiObject obj, IApiObject old) => !Equals(((CustomObject)obj).Overflow, ((CustomObject)old).Overflow);

    public override bool TryGetField(IApiObject obj, string path, out string value)
    {
        value = path switch
        {
            "metadata.name" => obj.Metadata.Name ?? "",
            "metadata.namespace" when Resource.Namespaced => obj.Metadata.Namespace ?? "",
            _ => "",
        };
        if (path == "metadata.name" || (path == "metadata.namespace" && Resource.Namespaced))
        {
            return true;
        }

        if (!version.SelectableFields.Exists(f => f.JsonPath == $".{path}"))
        {
            return false;
        }

        value = DotPath.Find(CustomJson.Of((CustomObject)obj), path)?.ToString() ?? "";
        return true;
    }

    public override long? GracePeriodSeconds(IApiObject obj, DeleteOptions options) => null;

    public override Scale? ScaleOf(IApiObject obj)
    {
        if (Scale is not { } scale)
        {
            return null;
        }

        var root = CustomJson.Of((CustomObject)obj);
        var selector = scale.LabelSelectorPath is { Length: > 0 } path ? DotPath.Find(root, path)?.ToString() : null;
        return new Scale
        {
            Spec = new() { Replicas = Count(DotPath.Find(root, scale.SpecReplicasPath)) },
            Status = new() { Replicas = Count(DotPath.Find(root, scale.StatusReplicasPath)), Selector = selector },
        };
    }

    public override string? MissingReplicas(IApiObject obj) =>
        Scale is { } scale && DotPath.Find(CustomJson.Of((CustomObject)obj), scale.SpecReplicasPath) is null ? scale.SpecReplicasPath : null;

    public override IApiObject WithReplicas(IApiObject obj, int replicas)
    {
        var root = CustomJson.Of((CustomObject)obj);
        DotPath.Set(root, Scale!.SpecReplicasPath, JsonValue.Create(replicas));
        return CustomJson.WithFields((CustomObject)obj, root);
    }

    private static int Count(JsonNode? value) =>
        value?.GetValueKind() == System.Text.Json.JsonValueKind.Number && SchemaNumber.Whole(value) is >= int.MinValue and <= int.MaxValue and var whole
            ? (int)whole : 0;

    private static CustomObject In(string apiVersion, CustomObject obj) =>
        obj.ApiVersion == apiVersion ? obj : new CustomObject(apiVersion, obj.Kind, obj.Metadata, obj.Overflow);

    private CustomObject Shown(CustomObject stored)
    {
        var obj = In(Resource.ApiVersion, stored);
        var root = CustomJson.Of(obj);
        Pruning.Prune(root, Schema);
        SchemaDefaults.Fill(root, Schema);
        var made = CustomJson.WithFields(obj, root);
        return made.Equals(obj) ? obj : made;
    }
}
