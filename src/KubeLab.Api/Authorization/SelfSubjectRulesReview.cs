using System.Text.Json.Serialization;
using KubeLab.Api.Meta;

namespace KubeLab.Api.Authorization;

/// <summary>The question what one may do in a namespace.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/access-authn-authz/authorization/#checking-api-access">Checking API access</seealso>
public sealed record SelfSubjectRulesReview : ApiRecord, IApiObject<SelfSubjectRulesReview>
{
    /// <inheritdoc/>
    public static ApiResource Resource { get; } = ApiResource.Named("authorization.k8s.io/v1", "selfsubjectrulesreviews", "SelfSubjectRulesReview", false) with { Verbs = ["create"] };

    /// <inheritdoc/>
    public string ApiVersion => "authorization.k8s.io/v1";

    /// <inheritdoc/>
    public string Kind => "SelfSubjectRulesReview";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init => field = value == ObjectMeta.Empty ? null : value; }

    /// <summary>The question.</summary>
    public SelfSubjectRulesReviewSpec Spec { get => field ?? SelfSubjectRulesReviewSpec.Empty; init => field = value == SelfSubjectRulesReviewSpec.Empty ? null : value; }

    /// <summary>The answer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public SubjectRulesReviewStatus Status { get => field ?? SubjectRulesReviewStatus.Empty; init => field = value == SubjectRulesReviewStatus.Empty ? null : value; }

    /// <inheritdoc/>
    public SelfSubjectRulesReview WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    IApiObject IApiObject.WithMetadata(ObjectMeta metadata) => WithMetadata(metadata);
}

/// <summary>Where.</summary>
public sealed record SelfSubjectRulesReviewSpec : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static SelfSubjectRulesReviewSpec Empty { get; } = new();

    /// <summary>The namespace.</summary>
    public string? Namespace { get; init; }
}

/// <summary>What may be done.</summary>
public sealed record SubjectRulesReviewStatus : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static SubjectRulesReviewStatus Empty { get; } = new();

    /// <summary>With resources.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ValueList<ResourceRule> ResourceRules { get; init; }

    /// <summary>With other paths.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ValueList<NonResourceRule> NonResourceRules { get; init; }

    /// <summary>Whether there may be more.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public bool Incomplete { get; init; }

    /// <summary>What went wrong in finding out.</summary>
    public string? EvaluationError { get; init; }
}

/// <summary>What may be done with which resources.</summary>
public sealed record ResourceRule : ApiRecord
{
    /// <summary>What.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ValueList<string> Verbs { get; init; }

    /// <summary>Of which groups.</summary>
    public ValueList<string> ApiGroups { get; init; }

    /// <summary>With which resources.</summary>
    public ValueList<string> Resources { get; init; }

    /// <summary>With which objects only.</summary>
    public ValueList<string> ResourceNames { get; init; }
}

/// <summary>What may be done on which paths.</summary>
public sealed record NonResourceRule : ApiRecord
{
    /// <summary>What.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ValueList<string> Verbs { get; init; }

    /// <summary>On which paths.</summary>
    public ValueList<string> NonResourceURLs { get; init; }
}
