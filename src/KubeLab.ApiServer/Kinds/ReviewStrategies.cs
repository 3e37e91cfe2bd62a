using KubeLab.Api.Authentication;
using KubeLab.Api.Authorization;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Kinds;

/// <summary>Questions that are answered and not stored: whether one may do something.</summary>
public sealed class SelfSubjectAccessReviewStrategy : KindStrategy<SelfSubjectAccessReview>;

/// <summary>Questions that are answered and not stored: whether somebody may do something.</summary>
public sealed class SubjectAccessReviewStrategy : KindStrategy<SubjectAccessReview>;

/// <summary>Questions that are answered and not stored: whether somebody may do something in a namespace.</summary>
public sealed class LocalSubjectAccessReviewStrategy : KindStrategy<LocalSubjectAccessReview>;

/// <summary>Questions that are answered and not stored: what one may do.</summary>
public sealed class SelfSubjectRulesReviewStrategy : KindStrategy<SelfSubjectRulesReview>;

/// <summary>Questions that are answered and not stored: who one is.</summary>
public sealed class SelfSubjectReviewStrategy : KindStrategy<SelfSubjectReview>;

/// <summary>Questions that are answered and not stored: whom a token proves.</summary>
public sealed class TokenReviewStrategy : KindStrategy<TokenReview>;
