namespace KubeLab.Notebook.Episodes;

/// <summary>The two forms in which Carpentries lessons are written.</summary>
public enum EpisodeDialect
{
    /// <summary>Fenced divs (<c>::: challenge</c>); what new lessons use.</summary>
    Workbench,

    /// <summary>Lists in the front matter and block quotes with <c>{: .challenge}</c>; what older lessons use.</summary>
    Jekyll,
}
