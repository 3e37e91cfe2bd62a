using KubeLab.Api;
using KubeLab.Api.Autoscaling;
using KubeLab.Api.Meta;
using KubeLab.Api.Selecting;
using KubeLab.Api.Verbs;
using KubeLab.ApiServer.CustomResources.Schemas;
using KubeLab.ApiServer.Tables;

namespace KubeLab.ApiServer.Registry;

/// <summary>What is particular to one kind when its objects are stored; the registry does what all kinds share.</summary>
/// <remarks>
/// For a create the registry calls <see cref="Default"/>, <see cref="PrepareForCreate"/> and <see cref="Validate"/>; for an update <see cref="Default"/>,
/// <see cref="PrepareForUpdate"/> and <see cref="ValidateUpdate"/>; for the status likewise with its own two. Built-in kinds derive from
/// <see cref="KindStrategy{T}"/>. A strategy keeps no state of the cluster: it may be shared by many.
/// </remarks>
/// <seealso href="https://pkg.go.dev/k8s.io/apiserver/pkg/registry/rest#RESTCreateUpdateStrategy">registry/rest strategies</seealso>
public abstract class KindStrategy
{
    /// <summary>Under which path, names and verbs the kind is served.</summary>
    public abstract ApiResource Resource { get; }

    /// <summary>The type of its objects.</summary>
    public abstract Type RecordType { get; }

    /// <summary>Whether its objects count the changes of their spec in <c>metadata.generation</c>.</summary>
    public virtual bool HasGeneration => false;

    /// <summary>Whether a PUT of an object that does not exist creates it.</summary>
    public virtual bool AllowsCreateOnUpdate => false;

    /// <summary>Whether an update may come without a resourceVersion and then replaces whatever is there.</summary>
    public virtual bool AllowsUnconditionalUpdate => true;

    /// <summary>The field by whose value lists and watches find their objects without asking all; null when there is none.</summary>
    public virtual string? IndexedField => null;

    /// <summary>Whether its objects stand in the store as it shows them; false where it shows those of another kind, or what it finds out at each reading.</summary>
    public virtual bool IsStored => true;

    /// <summary>How long its objects live; null is for ever. Events go after an hour.</summary>
    public virtual TimeSpan? TimeToLive => null;

    /// <summary>How its objects are shown in tables.</summary>
    public virtual TablePrinter Table => TablePrinter.Of(Resource);

    /// <summary>What those are told who use a version that is on its way out; null when it is not.</summary>
    public virtual string? DeprecationWarning => null;

    /// <summary>What its objects look like, when a definition says so instead of a record.</summary>
    internal virtual StructuralSchema? Schema => null;

    /// <summary>What is wrong with <paramref name="name"/> as a name of this kind; most kinds take DNS subdomains.</summary>
    public virtual IReadOnlyList<string> NameErrors(string name) => LabelNames.SubdomainErrors(name);

    /// <summary>An object with nothing but metadata, as a bookmark carries it.</summary>
    public abstract IApiObject Empty(ObjectMeta metadata);

    /// <summary>The object with absent fields filled in.</summary>
    public abstract IApiObject Default(IApiObject obj);

    /// <summary>The object as it may be created: its status is the server's.</summary>
    public abstract IApiObject PrepareForCreate(IApiObject obj);

    /// <summary>The object as it may replace <paramref name="old"/>: its status stays.</summary>
    public abstract IApiObject PrepareForUpdate(IApiObject obj, IApiObject old);

    /// <summary>The object as its status may replace that of <paramref name="old"/>: all but the status stays.</summary>
    public abstract IApiObject PrepareForStatusUpdate(IApiObject obj, IApiObject old);

    /// <summary>Says what is wrong with a new object; the registry has looked at its metadata.</summary>
    public abstract void Validate(IApiObject obj, FieldErrors errors);

    /// <summary>Says what is wrong with an object that is to replace <paramref name="old"/>.</summary>
    public abstract void ValidateUpdate(IApiObject obj, IApiObject old, FieldErrors errors);

    /// <summary>Says what is wrong with a status that is to replace that of <paramref name="old"/>.</summary>
    public abstract void ValidateStatusUpdate(IApiObject obj, IApiObject old, FieldErrors errors);

    /// <summary>The object as this version shows what the store holds; the same instance where versions and defaults make no difference.</summary>
    public virtual IApiObject FromStore(IApiObject stored) => stored;

    /// <summary>The object as the store is to hold it.</summary>
    public virtual IApiObject ToStore(IApiObject obj) => obj;

    /// <summary>Whether the wish differs, so that the generation rises.</summary>
    public abstract bool SpecChanged(IApiObject obj, IApiObject old);

    /// <summary>The value of a field that field selectors may ask for; false when the kind has no such field.</summary>
    public abstract bool TryGetField(IApiObject obj, string path, out string value);

    /// <summary>Seconds the object may take to go; null when the kind goes at once.</summary>
    public abstract long? GracePeriodSeconds(IApiObject obj, DeleteOptions options);

    /// <summary>The object's scale, without metadata; null when the kind has none.</summary>
    public abstract Scale? ScaleOf(IApiObject obj);

    /// <summary>The path at which the object's number of replicas should be and is not; null when it is there.</summary>
    public virtual string? MissingReplicas(IApiObject obj) => null;

    /// <summary>The object with another number of replicas.</summary>
    public abstract IApiObject WithReplicas(IApiObject obj, int replicas);
}
