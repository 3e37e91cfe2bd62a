using KubeLab.Scheduling.Framework;

namespace KubeLab.Scheduling;

/// <summary>A pod's way from a chosen node to the binding: reserve, permit, prepare, bind. It may wait on the way, for volumes for example.</summary>
/// <remarks>Upstream: bindingCycle in schedule_one.go.</remarks>
internal sealed class BindingCycle(Profile profile, CycleState state, PodInfo pod, NodeInfo node)
{
    private int permitted;
    private int prepared;

    public PodInfo Pod => pod;

    public NodeInfo Node => node;

    /// <summary>Reserves what the pod needs; a refusal undoes what was reserved.</summary>
    public (string Plugin, Verdict Verdict) Reserve()
    {
        foreach (var plugin in profile.Reserve)
        {
            if (plugin.Reserve(state, pod, node) is { IsSuccess: false } verdict)
            {
                Unreserve();
                return (plugin.Name, verdict);
            }
        }

        return ("", Verdict.Success);
    }

    /// <summary>Goes on as far as possible: Success when bound, Wait when it must be called again, else the refusal.</summary>
    public (string Plugin, Verdict Verdict) Advance()
    {
        for (; permitted < profile.Permit.Count; permitted++)
        {
            var plugin = profile.Permit[permitted];
            if (plugin.Permit(state, pod, node) is { IsSuccess: false } verdict)
            {
                return (plugin.Name, verdict);
            }
        }

        for (; prepared < profile.PreBind.Count; prepared++)
        {
            var plugin = profile.PreBind[prepared];
            if (plugin.PreBind(state, pod, node) is { IsSuccess: false } verdict)
            {
                return (plugin.Name, verdict);
            }
        }

        foreach (var plugin in profile.Bind)
        {
            if (plugin.Bind(state, pod, node).Code != VerdictCode.Skip)
            {
                break;
            }
        }

        foreach (var plugin in profile.PostBind)
        {
            plugin.PostBind(state, pod, node);
        }

        return ("", Verdict.Success);
    }

    /// <summary>Takes back the reservations, in the opposite order.</summary>
    public void Unreserve()
    {
        for (var i = profile.Reserve.Count - 1; i >= 0; i--)
        {
            profile.Reserve[i].Unreserve(state, pod, node);
        }
    }
}
