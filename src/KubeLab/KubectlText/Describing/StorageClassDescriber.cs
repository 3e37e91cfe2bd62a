using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Describing;

/// <summary>Describes a storage class.</summary>
internal sealed class StorageClassDescriber : IDescriber
{
    public string Kind => "StorageClass.storage.k8s.io";

    public void Describe(Session session, Info info, Description text, bool showEvents)
    {
        Json sort = info.Object;
        var annotations = sort["metadata"]["annotations"];
        var isDefault = annotations["storageclass.kubernetes.io/is-default-class"].Text == "true"
            || annotations["storageclass.beta.kubernetes.io/is-default-class"].Text == "true";
        text.Field("Name", info.Name).Field("IsDefaultClass", isDefault ? "Yes" : "No").Field("Annotations", Pairs(annotations));
        text.Field("Provisioner", sort["provisioner"].Text).Field("Parameters", Pairs(sort["parameters"]));
        var expansion = sort["allowVolumeExpansion"];
        text.Field("AllowVolumeExpansion", !expansion.Exists ? "<unset>" : expansion.IsTrue ? "True" : "False");
        text.Line(0, sort["mountOptions"].Count == 0 ? "MountOptions:\t<none>" : "MountOptions:");
        foreach (var option in sort["mountOptions"].Items)
        {
            text.Line(1, option.Text);
        }

        text.FieldIfAny("ReclaimPolicy", sort["reclaimPolicy"].Text).FieldIfAny("VolumeBindingMode", sort["volumeBindingMode"].Text);
        text.Events(showEvents ? EventLines.Fetch(session, sort) : null);
    }

    private static string Pairs(Json map) => map.Count == 0 ? "<none>" : string.Join(',', map.Fields.Select(f => $"{f.Key}={f.Value.Text}"));
}
