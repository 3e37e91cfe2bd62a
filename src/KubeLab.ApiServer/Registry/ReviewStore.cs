using KubeLab.Api;
using KubeLab.Api.Authentication;
using KubeLab.Api.Authorization;
using KubeLab.ApiServer.Authentication;
using KubeLab.ApiServer.Authorization;

namespace KubeLab.ApiServer.Registry;

/// <summary>Kinds whose objects are questions: a create answers, and nothing is stored.</summary>
/// <remarks>Upstream: pkg/registry/authorization and pkg/registry/authentication.</remarks>
internal sealed class ReviewStore(KindStrategy strategy, RegistryContext context) : ObjectStore(strategy, context)
{
    /// <inheritdoc/>
    public override IApiObject Create(IApiObject obj, in WriteRequest request)
    {
        var errors = new FieldErrors();
        AccessReviews.Validate(obj, errors);
        errors.ThrowIfAny(Resource, "");
        return obj switch
        {
            SelfSubjectAccessReview review => review with { Status = Status(AccessReviews.Wish(review.Spec.ResourceAttributes, review.Spec.NonResourceAttributes, request.User)) },
            SubjectAccessReview review => review with { Status = Status(AccessReviews.Wish(review.Spec)) },
            LocalSubjectAccessReview review => review with { Status = Status(AccessReviews.Wish(review.Spec)) },
            SelfSubjectRulesReview review => review with { Status = Rules(request.User, review.Spec.Namespace ?? "") },
            SelfSubjectReview review => review with
            {
                Metadata = review.Metadata with { CreationTimestamp = Context.Clock.Now },
                Status = new() { UserInfo = request.User },
            },
            TokenReview review => review with { Status = TokenReviews.Answer(Context.Tokens, review.Spec) },
            _ => throw SubresourceErrors.NotFound(),
        };
    }

    private SubjectAccessReviewStatus Status(RequestAttributes wish)
    {
        var decision = Context.Authorizer.Decide(wish);
        return new() { Allowed = decision.Allowed, Reason = decision.Reason.Length == 0 ? null : decision.Reason };
    }

    private SubjectRulesReviewStatus Rules(UserInfo user, string ns)
    {
        var rules = Context.Authorizer.RulesOf(user, ns, out var problem);
        return new()
        {
            ResourceRules = rules.Where(r => !r.Resources.IsEmpty)
                .Select(r => new ResourceRule { Verbs = r.Verbs, ApiGroups = r.ApiGroups, Resources = r.Resources, ResourceNames = r.ResourceNames }).ToValueList(),
            NonResourceRules = rules.Where(r => !r.NonResourceURLs.IsEmpty)
                .Select(r => new NonResourceRule { Verbs = r.Verbs, NonResourceURLs = r.NonResourceURLs }).ToValueList(),
            EvaluationError = problem.Length == 0 ? null : problem,
            Incomplete = problem.Length > 0,
        };
    }
}
