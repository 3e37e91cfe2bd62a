using KubeLab.Api.Meta;
using KubeLab.Api.Selecting;

namespace KubeLab.Controllers.Owning;

/// <summary>What a controller does about an object that it may own.</summary>
public enum Claim
{
    /// <summary>It is somebody else's, or nobody's concern.</summary>
    Ignore,

    /// <summary>It is owned and stays so.</summary>
    Keep,

    /// <summary>It has no controller and matches the selector.</summary>
    Adopt,

    /// <summary>It is owned and no longer matches the selector.</summary>
    Release,
}

/// <summary>Decides about adoption and release.</summary>
/// <remarks>Upstream: pkg/controller/controller_ref_manager.go.</remarks>
public static class Claiming
{
    /// <summary>The selector of a spec; one that cannot be read selects nothing, since trying again would not help.</summary>
    public static Selector SelectorOf(LabelSelector? selector)
    {
        try
        {
            return Selector.From(selector);
        }
        catch (FormatException)
        {
            return Selector.Nothing;
        }
    }

    /// <summary>What <paramref name="owner"/> does about the object of <paramref name="candidate"/>.</summary>
    public static Claim Decide(ObjectMeta owner, Selector selector, ObjectMeta candidate)
    {
        var matches = selector.Matches(candidate.Labels);
        if (Ownership.ControllerOf(candidate) is { } controller)
        {
            if (controller.Uid != owner.Uid)
            {
                return Claim.Ignore;
            }

            // An owner that goes releases nothing: its dependents go with it, or are orphaned by the garbage collector.
            return matches || owner.DeletionTimestamp is not null ? Claim.Keep : Claim.Release;
        }

        return matches && owner.DeletionTimestamp is null && candidate.DeletionTimestamp is null ? Claim.Adopt : Claim.Ignore;
    }

    /// <summary>The metadata with <paramref name="owner"/> added as controller.</summary>
    public static ObjectMeta Adopted(ObjectMeta candidate, OwnerReference owner) =>
        candidate with { OwnerReferences = candidate.OwnerReferences.Add(owner) };

    /// <summary>The metadata without the owner of <paramref name="uid"/>.</summary>
    public static ObjectMeta Released(ObjectMeta owned, string? uid) =>
        owned with { OwnerReferences = owned.OwnerReferences.Where(o => o.Uid != uid) };
}
