using KubeLab.Api.Core;
using KubeLab.Api.Selecting;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Kinds;

/// <summary>How namespaces are stored.</summary>
public sealed class NamespaceStrategy : KindStrategy<Namespace>
{
    private static readonly NamespaceSpec Finalized = new() { Finalizers = ["kubernetes"] };

    /// <inheritdoc/>
    public override IReadOnlyList<string> NameErrors(string name) => LabelNames.DnsLabelErrors(name);

    /// <summary>A namespace begins active, and goes only when its contents are gone.</summary>
    protected override Namespace PrepareForCreate(Namespace obj) => obj with
    {
        Spec = obj.Spec is { } spec && spec.Finalizers.Exists(f => f == "kubernetes") ? spec : Finalized,
        Status = new() { Phase = "Active" },
    };

    /// <inheritdoc/>
    protected override Namespace PrepareForUpdate(Namespace obj, Namespace old) => obj with { Spec = old.Spec, Status = old.Status };

    /// <inheritdoc/>
    protected override Namespace PrepareForStatusUpdate(Namespace obj, Namespace old) => obj with { Spec = old.Spec };

    /// <inheritdoc/>
    protected override bool TryGetField(Namespace obj, string path, out string value)
    {
        value = path is "status.phase" ? obj.Status?.Phase ?? "" : null!;
        return value is not null;
    }
}
