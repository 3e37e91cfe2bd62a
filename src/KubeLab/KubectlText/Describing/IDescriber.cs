using KubeLab.KubectlText.Resources;

namespace KubeLab.KubectlText.Describing;

/// <summary>Describes the objects of one kind.</summary>
internal interface IDescriber
{
    /// <summary>The kind with its group: <c>Pod</c>, <c>Deployment.apps</c>.</summary>
    string Kind { get; }

    /// <summary>Writes the description of an object.</summary>
    /// <param name="session">Whom to ask for what belongs to it.</param>
    /// <param name="info">The object.</param>
    /// <param name="text">Where to write.</param>
    /// <param name="showEvents">Whether events are shown.</param>
    void Describe(Session session, Info info, Description text, bool showEvents);
}
