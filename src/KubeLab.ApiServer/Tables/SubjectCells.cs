using KubeLab.Api;
using KubeLab.Api.Rbac;

namespace KubeLab.ApiServer.Tables;

/// <summary>What the tables of bindings show of their subjects.</summary>
internal static class SubjectCells
{
    /// <summary>The names of those of one kind; a service account's with its namespace.</summary>
    public static string Names(ValueList<Subject> subjects, string kind) => string.Join(
        ", ", subjects.Where(s => s.Kind == kind).Select(s => kind == "ServiceAccount" ? $"{s.Namespace}/{s.Name}" : s.Name));
}
