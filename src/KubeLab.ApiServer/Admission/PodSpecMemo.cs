using System.Runtime.CompilerServices;
using KubeLab.Api.Core;

namespace KubeLab.ApiServer.Admission;

/// <summary>Remembers what became of the last few pod specs, so that pods of one template go on sharing one spec and cost nothing to admit.</summary>
/// <param name="admit">What is done to a spec; it must depend on nothing else.</param>
internal sealed class PodSpecMemo(Func<PodSpec, PodSpec> admit)
{
    private const int Slots = 16;
    private readonly (PodSpec? From, PodSpec? To)[] slots = new (PodSpec?, PodSpec?)[Slots];

    /// <summary>The admitted form of <paramref name="spec"/>, the same instance for the same instance.</summary>
    public PodSpec Admitted(PodSpec spec)
    {
        ref var slot = ref slots[RuntimeHelpers.GetHashCode(spec) % Slots];
        if (!ReferenceEquals(slot.From, spec))
        {
            slot = (spec, admit(spec));
        }

        return slot.To!;
    }
}
