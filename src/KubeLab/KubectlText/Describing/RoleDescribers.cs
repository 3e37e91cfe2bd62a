using KubeLab.KubectlText.Authorizing;
using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Describing;

/// <summary>Describes a Role or a ClusterRole: its rules, taken apart by resource.</summary>
internal sealed class RoleDescriber(string kind) : IDescriber
{
    public string Kind => $"{kind}.rbac.authorization.k8s.io";

    public void Describe(Session session, Info info, Description text, bool showEvents)
    {
        Json role = info.Object;
        text.Field("Name", info.Name);
        text.Labels("Labels", role["metadata"]["labels"]);
        text.Annotations("Annotations", role["metadata"]["annotations"]);
        text.Line(0, "PolicyRule:\n  Resources\tNon-Resource URLs\tResource Names\tVerbs").Line(1, "---------\t-----------------\t--------------\t-----");
        foreach (var rule in AccessRule.Compact(role["rules"].Items.Select(AccessRule.Of)))
        {
            text.Line(1, rule.Row);
        }
    }
}

/// <summary>Describes a RoleBinding or a ClusterRoleBinding: which role, and who has it.</summary>
internal sealed class RoleBindingDescriber(string kind) : IDescriber
{
    public string Kind => $"{kind}.rbac.authorization.k8s.io";

    public void Describe(Session session, Info info, Description text, bool showEvents)
    {
        Json binding = info.Object;
        text.Field("Name", info.Name);
        text.Labels("Labels", binding["metadata"]["labels"]);
        text.Annotations("Annotations", binding["metadata"]["annotations"]);
        text.Line(0, "Role:").Field("Kind", binding["roleRef"]["kind"].Text, 1).Field("Name", binding["roleRef"]["name"].Text, 1);
        text.Line(0, "Subjects:\n  Kind\tName\tNamespace").Line(1, "----\t----\t---------");
        foreach (var subject in binding["subjects"].Items)
        {
            text.Line(1, $"{subject["kind"].Text}\t{subject["name"].Text}\t{subject["namespace"].Text}");
        }
    }
}
