using KubeLab.Api.Core;

namespace KubeLab.ApiServer.Tables;

/// <summary>The table of quotas.</summary>
internal sealed class ResourceQuotaTable : TablePrinter<ResourceQuota>
{
    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        TableColumn.ObjectName,
        TableColumn.Text("Request", "What is used and how much may be."),
        TableColumn.Text("Limit", "What is used of limits and how much may be."),
        TableColumn.Age,
    ];

    protected override IReadOnlyList<TableCell> Row(ResourceQuota obj, DateTimeOffset now) =>
    [
        Name(obj),
        Cells(obj, isLimit: false),
        Cells(obj, isLimit: true),
        Age(obj, now),
    ];

    private static string Cells(ResourceQuota quota, bool isLimit) => string.Join(", ", quota.Status.Hard
        .Where(hard => hard.Key.StartsWith("limits", StringComparison.Ordinal) == isLimit)
        .Select(hard => $"{hard.Key}: {quota.Status.Used[hard.Key]?.ToString() ?? "0"}/{hard.Value}"));
}
