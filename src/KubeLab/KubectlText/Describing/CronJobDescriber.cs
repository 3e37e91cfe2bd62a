using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Describing;

/// <summary>Describes a CronJob and the jobs it begins.</summary>
internal sealed class CronJobDescriber : IDescriber
{
    private const string Unset = "<unset>";

    public string Kind => "CronJob.batch";

    public void Describe(Session session, Info info, Description text, bool showEvents)
    {
        Json job = info.Object;
        var (metadata, spec, status) = (job["metadata"], job["spec"], job["status"]);
        text.Field("Name", info.Name).Field("Namespace", metadata["namespace"].Text);
        text.Labels("Labels", metadata["labels"]);
        text.Annotations("Annotations", metadata["annotations"]);
        text.Field("Schedule", spec["schedule"].Text).Field("Concurrency Policy", spec["concurrencyPolicy"].Text);
        text.Field("Suspend", spec["suspend"].Exists ? spec["suspend"].IsTrue ? "True" : "False" : Unset);
        text.Field("Successful Job History Limit", spec["successfulJobsHistoryLimit"].Or(Unset));
        text.Field("Failed Job History Limit", spec["failedJobsHistoryLimit"].Or(Unset));
        text.Field("Starting Deadline Seconds", spec["startingDeadlineSeconds"].Exists ? $"{spec["startingDeadlineSeconds"].Text}s" : Unset);
        JobTemplate(spec["jobTemplate"]["spec"], text);
        text.Field("Last Schedule Time", status["lastScheduleTime"].Exists ? Description.Date(status["lastScheduleTime"]) : Unset);
        var active = status["active"].Items.Select(reference => reference["name"].Text).ToList();
        text.Field("Active Jobs", active.Count == 0 ? "<none>" : string.Join(", ", active));
        text.Events(showEvents ? EventLines.Fetch(session, job) : null);
    }

    private static void JobTemplate(Json spec, Description text)
    {
        text.Field("Selector", spec["selector"].Exists ? Metadata.SelectorText(spec["selector"]) : Unset);
        text.Field("Parallelism", spec["parallelism"].Or(Unset)).Field("Completions", spec["completions"].Or(Unset));
        if (spec["activeDeadlineSeconds"].Exists)
        {
            text.Field("Active Deadline Seconds", $"{spec["activeDeadlineSeconds"].Text}s");
        }

        text.PodTemplate(spec["template"]);
    }
}
