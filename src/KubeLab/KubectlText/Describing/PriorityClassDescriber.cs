using KubeLab.KubectlText.Printing;
using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Describing;

/// <summary>Describes a PriorityClass.</summary>
internal sealed class PriorityClassDescriber : IDescriber
{
    public string Kind => "PriorityClass.scheduling.k8s.io";

    public void Describe(Session session, Info info, Description text, bool showEvents)
    {
        Json made = info.Object;
        text.Field("Name", info.Name).Field("Value", made["value"].Or("0")).Field("GlobalDefault", made["globalDefault"].IsTrue ? "true" : "false");
        text.Field("PreemptionPolicy", made["preemptionPolicy"].Or("PreemptLowerPriority")).Field("Description", made["description"].Text);

        // All of them in one line, the one that apply keeps too.
        text.Field("Annotations", TablePrinter.Labels(made["metadata"]["annotations"]));
        text.Events(showEvents ? EventLines.Fetch(session, made) : null);
    }
}
