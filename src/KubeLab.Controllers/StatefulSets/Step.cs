using KubeLab.Api.Core;

namespace KubeLab.Controllers.StatefulSets;

/// <summary>One thing to do about one pod.</summary>
/// <param name="Kind">What.</param>
/// <param name="Pod">The pod; not yet stored when it is to be created.</param>
public readonly record struct Step(StepKind Kind, Pod Pod);

/// <summary>What can be done about a pod.</summary>
public enum StepKind
{
    /// <summary>Make its claims, then the pod.</summary>
    Create,

    /// <summary>Make the claims that it lacks.</summary>
    MakeClaims,

    /// <summary>Put its labels, its volumes and the owners of its claims right.</summary>
    Repair,

    /// <summary>Put the owners of its claims right.</summary>
    Retain,

    /// <summary>Delete it.</summary>
    Delete,
}
