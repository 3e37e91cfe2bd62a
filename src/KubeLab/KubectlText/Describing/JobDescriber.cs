using KubeLab.Api;
using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Describing;

/// <summary>Describes a Job.</summary>
internal sealed class JobDescriber : IDescriber
{
    private const int IndexesTextMax = 50;

    public string Kind => "Job.batch";

    public void Describe(Session session, Info info, Description text, bool showEvents)
    {
        Json job = info.Object;
        var (metadata, spec, status) = (job["metadata"], job["spec"], job["status"]);
        text.Field("Name", info.Name).Field("Namespace", metadata["namespace"].Text).Field("Selector", Metadata.SelectorText(spec["selector"]));
        text.Labels("Labels", metadata["labels"]);
        text.Annotations("Annotations", metadata["annotations"]);
        text.Controller(job);
        text.FieldIfAny("Parallelism", spec["parallelism"].Text).Field("Completions", spec["completions"].Or("<unset>"));
        text.FieldIfAny("Completion Mode", spec["completionMode"].Text);
        text.FieldIfAny("Suspend", spec["suspend"].Text).FieldIfAny("Backoff Limit", spec["backoffLimit"].Text);
        text.FieldIfAny("TTL Seconds After Finished", spec["ttlSecondsAfterFinished"].Text);
        Times(spec, status, text);
        var ready = status["ready"].Exists ? $" ({status["ready"].Text} Ready)" : "";
        text.Field("Pods Statuses", $"{status["active"].Or("0")} Active{ready} / {status["succeeded"].Or("0")} Succeeded / {status["failed"].Or("0")} Failed");
        if (spec["completionMode"].Text == "Indexed")
        {
            text.Field("Completed Indexes", Shortened(status["completedIndexes"].Text));
        }

        text.PodTemplate(spec["template"]);
        text.Events(showEvents ? EventLines.Fetch(session, job) : null);
    }

    private static void Times(Json spec, Json status, Description text)
    {
        if (status["startTime"].Exists)
        {
            text.Field("Start Time", Description.Date(status["startTime"]));
        }

        if (status["completionTime"].Exists)
        {
            text.Field("Completed At", Description.Date(status["completionTime"]));
        }

        if (status["startTime"].Time is { } start && status["completionTime"].Time is { } end)
        {
            text.Field("Duration", HumanDuration.Format(end - start));
        }

        if (spec["activeDeadlineSeconds"].Exists)
        {
            text.Field("Active Deadline Seconds", $"{spec["activeDeadlineSeconds"].Text}s");
        }
    }

    /// <summary>A long list of indexes is cut at the next comma.</summary>
    private static string Shortened(string indexes)
    {
        var cut = indexes.Length > IndexesTextMax ? indexes.IndexOf(',', IndexesTextMax) : -1;
        return indexes.Length == 0 ? "<none>" : cut < 0 ? indexes : $"{indexes[..(cut + 1)]}...";
    }
}
