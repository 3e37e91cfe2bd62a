using KubeLab.Api.Core;
using KubeLab.Autoscaling.JustInTime.Offers;
using KubeLab.Scheduling.Framework;

namespace KubeLab.Autoscaling.JustInTime.Provisioning;

/// <summary>Why no offer is left for a pod, in Karpenter's words.</summary>
/// <remarks>Upstream: FailureReason in pkg/controllers/provisioning/scheduling/nodeclaim.go.</remarks>
internal static class FailureReason
{
    /// <summary>The sentence for offers that were asked about this pod.</summary>
    public static string Of(Pod pod, ResourceVector wanted, IEnumerable<OfferChoice> choices)
    {
        bool meets = false, fits = false, offered = false, meetsAndFits = false, meetsAndOffered = false, fitsAndOffered = false;
        foreach (var type in choices.GroupBy(c => c.Offer.Size.Name))
        {
            var m = type.Any(c => RequirementMatch.Matches(pod.Spec, c.Labels, ""));
            var f = type.Any(c => Amounts.Fits(wanted, c.Free));
            var o = type.Any(c => c.IsAvailable);
            (meets, fits, offered) = (meets || m, fits || f, offered || o);
            meetsAndFits |= m && f && !o;
            meetsAndOffered |= m && o && !f;
            fitsAndOffered |= f && o && !m;
        }

        return Sentence(meets, fits, offered, meetsAndFits, meetsAndOffered, fitsAndOffered);
    }

    /// <summary>Which of the three conditions alone, or which two together, left nothing.</summary>
    public static string Sentence(bool meets, bool fits, bool offered, bool meetsAndFits, bool meetsAndOffered, bool fitsAndOffered) => (meets, fits, offered) switch
    {
        (false, false, false) => "no instance type met the scheduling requirements or had enough resources or had a required offering",
        (false, false, _) => "no instance type met the scheduling requirements or had enough resources",
        (false, _, false) => "no instance type met the scheduling requirements or had a required offering",
        (_, false, false) => "no instance type had enough resources or had a required offering",
        (false, _, _) => "no instance type met all requirements",
        (_, false, _) => "no instance type has enough resources",
        (_, _, false) => "no instance type has the required offering",
        _ when meetsAndFits => "no instance type which met the scheduling requirements and had enough resources, had a required offering",
        _ when fitsAndOffered => "no instance type which had enough resources and the required offering met the scheduling requirements",
        _ when meetsAndOffered => "no instance type which met the scheduling requirements and the required offering had the required resources",
        _ => "no instance type met the requirements/resources/offering tuple",
    };
}
