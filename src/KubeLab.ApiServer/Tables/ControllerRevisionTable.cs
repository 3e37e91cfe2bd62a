using System.Globalization;
using KubeLab.Api.Apps;

namespace KubeLab.ApiServer.Tables;

/// <summary>The table of controller revisions.</summary>
internal sealed class ControllerRevisionTable : TablePrinter<ControllerRevision>
{
    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        TableColumn.ObjectName,
        TableColumn.Text("Controller", "Whose template it is."),
        TableColumn.Text("Revision", "Its place in the history."),
        TableColumn.Age,
    ];

    protected override IReadOnlyList<TableCell> Row(ControllerRevision obj, DateTimeOffset now) =>
        [Name(obj), Controller(obj), obj.Revision.ToString(CultureInfo.InvariantCulture), Age(obj, now)];

    private static string Controller(ControllerRevision obj)
    {
        if (obj.Metadata.OwnerReferences.Find(o => o.Controller == true) is not { } owner)
        {
            return None;
        }

        var slash = owner.ApiVersion.IndexOf('/', StringComparison.Ordinal);
        var group = slash < 0 ? "" : $".{owner.ApiVersion[..slash]}";
        return $"{owner.Kind.ToLowerInvariant()}{group}/{owner.Name}";
    }
}
