using System.Globalization;
using KubeLab.Api;
using KubeLab.Api.Batch;

namespace KubeLab.ApiServer.Tables;

/// <summary>The table of jobs.</summary>
internal sealed class JobTable : TablePrinter<Job>
{
    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        TableColumn.ObjectName,
        TableColumn.Text("Status", "How far the job is."),
        TableColumn.Text("Completions", "How many pods have succeeded, of how many."),
        TableColumn.Text("Duration", "How long it has run, or ran."),
        TableColumn.Age,
        TableColumn.Wide("Containers", "The names of the template's containers."),
        TableColumn.Wide("Images", "The images of the template's containers."),
        TableColumn.Wide("Selector", "Which pods are its own."),
    ];

    protected override IReadOnlyList<TableCell> Row(Job obj, DateTimeOffset now) =>
    [
        Name(obj),
        State(obj),
        Completions(obj),
        Duration(obj.Status, now),
        Age(obj, now),
        TemplateCells.Containers(obj.Spec.Template),
        TemplateCells.Images(obj.Spec.Template),
        TemplateCells.Chosen(obj.Spec.Selector),
    ];

    private static readonly (string Condition, string Word)[] Ends = [("Complete", "Complete"), ("Failed", "Failed")];

    private static readonly (string Condition, string Word)[] Others =
        [("Suspended", "Suspended"), ("FailureTarget", "FailureTarget"), ("SuccessCriteriaMet", "SuccessCriteriaMet")];

    private static string State(Job job) => First(job, Ends) ?? (job.Metadata.DeletionTimestamp is not null ? "Terminating" : First(job, Others) ?? "Running");

    private static string? First(Job job, (string Condition, string Word)[] words) =>
        Array.Find(words, w => job.Status.Conditions.Exists(c => c.Type == w.Condition && c.Status == "True")).Word;

    private static string Completions(Job job) => (job.Spec.Completions, job.Spec.Parallelism ?? 0) switch
    {
        ({ } wanted, _) => string.Create(CultureInfo.InvariantCulture, $"{job.Status.Succeeded}/{wanted}"),
        (_, > 1) => string.Create(CultureInfo.InvariantCulture, $"{job.Status.Succeeded}/1 of {job.Spec.Parallelism}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{job.Status.Succeeded}/1"),
    };

    private static string Duration(JobStatus status, DateTimeOffset now) =>
        status.StartTime is { } start ? HumanDuration.Format((status.CompletionTime?.Instant ?? now) - start.Instant) : "";
}
