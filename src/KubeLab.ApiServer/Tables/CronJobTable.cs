using KubeLab.Api;
using KubeLab.Api.Batch;

namespace KubeLab.ApiServer.Tables;

/// <summary>The table of cron jobs.</summary>
internal sealed class CronJobTable : TablePrinter<CronJob>
{
    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        TableColumn.ObjectName,
        TableColumn.Text("Schedule", "When jobs begin."),
        TableColumn.Text("Timezone", "Whose clock that is."),
        new("Suspend", "boolean", "Whether no new jobs begin."),
        TableColumn.Count("Active", "How many jobs run."),
        TableColumn.Text("Last Schedule", "How long ago a job last began."),
        TableColumn.Age,
        TableColumn.Wide("Containers", "The names of the template's containers."),
        TableColumn.Wide("Images", "The images of the template's containers."),
        TableColumn.Wide("Selector", "Which pods are its own."),
    ];

    protected override IReadOnlyList<TableCell> Row(CronJob obj, DateTimeOffset now) =>
    [
        Name(obj),
        obj.Spec.Schedule,
        OrNone(obj.Spec.TimeZone),
        obj.Spec.Suspend switch { true => "True", false => "False", null => "<unset>" },
        obj.Status.Active.Count,
        obj.Status.LastScheduleTime is { } last ? HumanDuration.Since(last, now) : None,
        Age(obj, now),
        TemplateCells.Containers(obj.Spec.JobTemplate.Spec.Template),
        TemplateCells.Images(obj.Spec.JobTemplate.Spec.Template),
        TemplateCells.Chosen(obj.Spec.JobTemplate.Spec.Selector),
    ];
}
