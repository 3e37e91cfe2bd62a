using KubeLab.Api.Rbac;

namespace KubeLab.ApiServer.Tables;

/// <summary>The table of role bindings.</summary>
internal sealed class RoleBindingTable : TablePrinter<RoleBinding>
{
    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        TableColumn.ObjectName,
        TableColumn.Text("Role", "The role that is given."),
        TableColumn.Age,
        TableColumn.Wide("Users", "The users who have it."),
        TableColumn.Wide("Groups", "The groups that have it."),
        TableColumn.Wide("ServiceAccounts", "The service accounts that have it."),
    ];

    protected override IReadOnlyList<TableCell> Row(RoleBinding obj, DateTimeOffset now) =>
    [
        Name(obj), $"{obj.RoleRef.Kind}/{obj.RoleRef.Name}", Age(obj, now),
        SubjectCells.Names(obj.Subjects, "User"), SubjectCells.Names(obj.Subjects, "Group"), SubjectCells.Names(obj.Subjects, "ServiceAccount"),
    ];
}
