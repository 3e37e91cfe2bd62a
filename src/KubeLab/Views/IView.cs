namespace KubeLab.Views;

/// <summary>A question about the cluster that can explain its answer.</summary>
internal interface IView
{
    /// <summary>Why what is asked is not so yet, in one sentence; null when it is.</summary>
    string? WhyNot();
}
